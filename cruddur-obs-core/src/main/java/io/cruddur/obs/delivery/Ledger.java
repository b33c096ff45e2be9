package io.cruddur.obs.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The counters behind the law. Thread-safe. */
final class Ledger {
    /** How many records the queue has taken: it counts them anyway, in the step that takes one. */
    private final LongSupplier queued;

    private final LongAdder delivered = new LongAdder();
    /** Records that did not get into the queue. */
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    /** Records that did, and are gone. */
    private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();

    Ledger(LongSupplier queued) {
        this.queued = queued;
    }

    /** Counts the records that were offered and not taken for the given reason. */
    LongAdder refusals(String reason) {
        return refused.computeIfAbsent(reason, unused -> new LongAdder());
    }

    void delivered(long count) {
        delivered.add(count);
    }

    void lost(String reason, long count) {
        lost.computeIfAbsent(reason, unused -> new LongAdder()).add(count);
    }

    long queuedSoFar() {
        return queued.getAsLong();
    }

    /**
     * Of those that were queued, how many are settled. What was refused is not among them: a flush would take it for
     * records that it waits for.
     */
    long settledSoFar() {
        return delivered.sum() + sum(lost);
    }

    private static long sum(Map<String, LongAdder> byReason) {
        long sum = 0;
        for (LongAdder count : byReason.values()) {
            sum += count.sum();
        }
        return sum;
    }

    /**
     * Delivered and lost are read before queued: a record is queued before it is settled, so pending never comes out
     * negative. What was refused is read once, for it stands on both sides of the law.
     */
    SinkCounts counts(String sink) {
        var gone = new TreeMap<String, Long>();
        long lostNow = addTo(gone, lost);
        long refusedNow = addTo(gone, refused);
        long deliveredNow = delivered.sum();
        long queuedNow = queued.getAsLong();
        return new SinkCounts(sink, queuedNow + refusedNow, deliveredNow, queuedNow - deliveredNow - lostNow, gone);
    }

    private static long addTo(Map<String, Long> gone, Map<String, LongAdder> byReason) {
        long sum = 0;
        for (Map.Entry<String, LongAdder> reason : byReason.entrySet()) {
            long count = reason.getValue().sum();
            if (count > 0) {
                gone.merge(reason.getKey(), count, Long::sum);
                sum += count;
            }
        }
        return sum;
    }
}
