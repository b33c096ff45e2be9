package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.store.Change;
import io.cruddur.obs.console.internal.store.Changes;
import io.cruddur.obs.console.internal.store.Fill;
import io.cruddur.obs.console.internal.store.Revisions;
import io.cruddur.obs.console.internal.store.Shelf;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The newest traces. Thread-safe. */
public final class TraceStore implements Changes {

    public static final int MAX_TRACES = 2_000;
    public static final long MAX_BYTES = 28L << 20;

    private static final int MAX_SERVICES = 200;

    private final Shelf<String, Trace> traces;

    public TraceStore(Revisions revisions) {
        traces = new Shelf<>(revisions, MAX_TRACES, MAX_BYTES, Trace::weight);
    }

    /** @return false if the trace it belongs to is full */
    synchronized boolean add(SegmentDocument document) {
        String id = document.traceId();
        Trace known = traces.get(id);
        Trace trace = known == null ? new Trace(id) : known;
        boolean wasCut = trace.isCut();
        boolean taken = trace.add(document);
        // That it is cut from now on is news of it as well.
        if (taken || trace.isCut() != wasCut) traces.put(id, trace);
        return taken;
    }

    /** Newest start first. */
    synchronized List<TraceRow> rows(Predicate<Trace> filter, int limit) {
        return traces.newestFirst()
                .filter(filter)
                .map(Trace::row)
                .sorted(Comparator.comparingLong(TraceRow::start).reversed())
                .limit(limit)
                .toList();
    }

    /** Whether something of the trace was refused because it was full. */
    synchronized boolean isCut(String id) {
        Trace trace = traces.get(id);
        return trace != null && trace.isCut();
    }

    /** None for a trace that is not here. */
    synchronized List<SegmentDocument> documents(String id) {
        Trace trace = traces.get(id);
        return trace == null ? List.of() : trace.documents();
    }

    /** The names of the services that took part in any trace, at most 200 of them. */
    synchronized List<String> services() {
        return traces.newestFirst()
                .flatMap(Trace::services)
                .distinct()
                .limit(MAX_SERVICES)
                .sorted()
                .toList();
    }

    /** Reads under the lock. */
    synchronized <T> T read(Function<Stream<Trace>, T> reader) {
        return reader.apply(traces.newestFirst());
    }

    /** The documents of each trace that fits. */
    synchronized List<List<SegmentDocument>> all(Predicate<Trace> filter) {
        return traces.newestFirst().filter(filter).map(Trace::documents).toList();
    }

    public synchronized Fill fill() {
        return traces.fill();
    }

    synchronized long evicted() {
        return traces.evicted();
    }

    @Override
    public synchronized List<Change> changes(long after, long upTo, int limit) {
        return traces.changes(after, upTo, limit, "trace", trace -> trace.row().json());
    }

    public synchronized void clear() {
        traces.clear();
    }
}
