package io.cruddur.obs.console.internal.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Entries by key, in the order of their last change, within a budget of entries and of bytes. What went longest without
 * a change makes room for what is new, and is counted.
 *
 * <p>Not thread-safe: its store locks.
 */
public final class Shelf<K, V> {

    /** What the two maps and an entry's own object cost, about. */
    private static final long OVERHEAD_BYTES = 250;

    private record Slot<K, V>(K key, V value, long revision, long bytes) {}

    private final Revisions revisions;
    private final ToLongFunction<V> weigher;
    private final int maxEntries;
    private final long maxBytes;
    private final Map<K, Slot<K, V>> byKey = new HashMap<>();
    private final TreeMap<Long, Slot<K, V>> byRevision = new TreeMap<>();
    private long bytes;
    private long evicted;

    public Shelf(Revisions revisions, int maxEntries, long maxBytes, ToLongFunction<V> weigher) {
        this.revisions = revisions;
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.weigher = weigher;
    }

    /** Adds the entry or, after a change to it, weighs it anew and makes it the newest. */
    public void put(K key, V value) {
        forget(byKey.get(key));
        Slot<K, V> slot = new Slot<>(key, value, revisions.next(), OVERHEAD_BYTES + weigher.applyAsLong(value));
        byKey.put(key, slot);
        byRevision.put(slot.revision, slot);
        bytes += slot.bytes;
        while (byKey.size() > maxEntries || bytes > maxBytes) {
            forget(byRevision.firstEntry().getValue());
            evicted++;
        }
    }

    public @Nullable V get(K key) {
        Slot<K, V> slot = byKey.get(key);
        return slot == null ? null : slot.value;
    }

    public Stream<V> newestFirst() {
        return byRevision.descendingMap().values().stream().map(Slot::value);
    }

    /** See {@link Changes#changes}. */
    public List<Change> changes(long after, long upTo, int limit, String kind, Function<V, ObjectNode> row) {
        if (after >= upTo) return List.of();
        List<Change> found = new ArrayList<>();
        for (Slot<K, V> slot :
                byRevision.subMap(after, false, upTo, true).descendingMap().values()) {
            if (found.size() == limit) break;
            found.add(new Change(slot.revision, kind, row.apply(slot.value)));
        }
        Collections.reverse(found);
        return found;
    }

    /** What is here, and how much may be. */
    public Fill fill() {
        return new Fill(byKey.size(), maxEntries, bytes, maxBytes, evicted);
    }

    public long evicted() {
        return evicted;
    }

    /** Empties the shelf and starts the count of evictions anew. */
    public void clear() {
        byKey.clear();
        byRevision.clear();
        bytes = 0;
        evicted = 0;
    }

    private void forget(@Nullable Slot<K, V> slot) {
        if (slot == null) return;
        byKey.remove(slot.key);
        byRevision.remove(slot.revision);
        bytes -= slot.bytes;
    }
}
