package io.cruddur.obs.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind the law. Thread-safe. */
final class Ledger {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();

    void accepted() {
        accepted.increment();
    }

    void delivered(long count) {
        delivered.add(count);
    }

    void lost(String reason, long count) {
        lost.computeIfAbsent(reason, unused -> new LongAdder()).add(count);
    }

    long acceptedSoFar() {
        return accepted.sum();
    }

    long settledSoFar() {
        long settled = delivered.sum();
        for (LongAdder reason : lost.values()) {
            settled += reason.sum();
        }
        return settled;
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
        long acceptedNow = accepted.sum();
        return new SinkCounts(sink, acceptedNow, deliveredNow, acceptedNow - settled - deliveredNow, lostNow);
    }
}
