package io.cruddur.obs.console.internal.error;

import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.store.Change;
import io.cruddur.obs.console.internal.store.Changes;
import io.cruddur.obs.console.internal.store.Fill;
import io.cruddur.obs.console.internal.store.Revisions;
import io.cruddur.obs.console.internal.store.Shelf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The newest error groups. Thread-safe. */
public final class ErrorStore implements Changes {

    public static final int MAX_GROUPS = 500;
    public static final long MAX_BYTES = 7L << 20;

    /** How many of the last items a repeated uuid is known by. */
    private static final int MAX_UUIDS = 10_000;

    private final Shelf<String, ErrorGroup> groups;
    /** The group of each. It outlives the occurrence in the group's own list. */
    private final Map<String, String> uuids = new LinkedHashMap<>();

    private final TraceIndex traces = new TraceIndex();

    public ErrorStore(Revisions revisions) {
        groups = new Shelf<>(revisions, MAX_GROUPS, MAX_BYTES, ErrorGroup::weight);
    }

    /** An item whose uuid has been here is a repetition, and no second occurrence. */
    synchronized void add(ErrorItem item) {
        if (uuids.containsKey(item.uuid())) return;
        ErrorGroup known = groups.get(item.fingerprint());
        ErrorGroup group = known == null ? new ErrorGroup(item) : known;
        group.add(item);
        groups.put(group.fingerprint(), group);
        uuids.put(item.uuid(), group.fingerprint());
        if (uuids.size() > MAX_UUIDS) uuids.remove(uuids.keySet().iterator().next());
        if (item.traceId() != null) traces.add(item.traceId(), group.fingerprint());
    }

    /** Last seen first; their trends over one and the same time, from the first of all on. */
    synchronized List<ObjectNode> rows() {
        long now = Micros.now();
        long from = groups.newestFirst().mapToLong(ErrorGroup::firstSeen).min().orElse(now);
        return groups.newestFirst().map(group -> group.row(from, now)).toList();
    }

    /** By the group's fingerprint, or by the uuid of an item of it, which is what a trace knows of its error. */
    synchronized @Nullable ObjectNode details(String fingerprintOrUuid) {
        ErrorGroup group = groups.get(fingerprintOrUuid);
        if (group == null) {
            String fingerprint = uuids.get(fingerprintOrUuid);
            if (fingerprint != null) group = groups.get(fingerprint);
        }
        if (group == null) {
            group = groups.newestFirst()
                    .filter(one -> one.hasItem(fingerprintOrUuid))
                    .findFirst()
                    .orElse(null);
        }
        return group == null ? null : group.details(Micros.now());
    }

    /** The groups that have an occurrence in this trace, as the page shows them. */
    public synchronized List<ObjectNode> ofTrace(String traceId) {
        Set<String> fingerprints = traces.groupsOf(traceId);
        return groups.newestFirst()
                .filter(group -> fingerprints.contains(group.fingerprint()) || group.hasTrace(traceId))
                .map(ErrorGroup::row)
                .toList();
    }

    public synchronized Fill fill() {
        return groups.fill();
    }

    synchronized long evicted() {
        return groups.evicted();
    }

    /** Named {@code problem}: {@code error} is the browser's own event for a broken stream. */
    @Override
    public synchronized List<Change> changes(long after, long upTo, int limit) {
        return groups.changes(after, upTo, limit, "problem", ErrorGroup::row);
    }

    public synchronized void clear() {
        groups.clear();
        uuids.clear();
        traces.clear();
    }
}
