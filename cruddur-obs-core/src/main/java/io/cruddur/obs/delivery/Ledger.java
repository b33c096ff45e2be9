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

    private final LongAdder refused = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();

    Ledger(LongSupplier queued) {
        this.queued = queued;
    }

    /** Counts a record that was offered and did not get into the queue. */
    void refused(String reason) {
        refused.increment();
        lost(reason, 1);
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
     * records that it waits for. It is read last, so that the answer is never too high.
     */
    long settledSoFar() {
        long settled = delivered.sum();
        for (LongAdder reason : lost.values()) {
            settled += reason.sum();
        }
        return settled - refused.sum();
    }

    /**
     * Delivered and lost are read before accepted: a record is accepted before it is settled, so pending never comes out
     * negative.
     */
    SinkCounts counts(String sink) {
        var lostNow = new TreeMap<String, Long>();
        long settled = 0;
        for (Map.Entry<String, LongAdder> reason : lost.entrySet()) {
            long count = reason.getValue().sum();
            lostNow.put(reason.getKey(), count);
            settled += count;
        }
        long deliveredNow = delivered.sum();
        long acceptedNow = queued.getAsLong() + refused.sum();
        return new SinkCounts(sink, acceptedNow, deliveredNow, acceptedNow - settled - deliveredNow, lostNow);
    }
}
