package io.cruddur.obs.sampling;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a rule has decided, and how much of it the service has been told. Each decision is counted once, in one counter
 * that only grows: so no report can say that more was recorded than was asked for, and none that fails loses anything.
 * Counting is thread-safe, reporting is for one thread.
 */
final class Tally {
    /**
     * What was not told yet.
     *
     * @param requests all decisions
     * @param sampled those to record
     * @param borrowed those of them without a quota
     */
    record Counts(long requests, long sampled, long borrowed) {}

    private final LongAdder borrowed = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private Counts told = new Counts(0, 0, 0);

    void borrow() {
        borrowed.increment();
    }

    void take() {
        taken.increment();
    }

    void drop() {
        dropped.increment();
    }

    Counts untold() {
        long nowBorrowed = borrowed.sum();
        long nowSampled = nowBorrowed + taken.sum();
        long nowRequests = nowSampled + dropped.sum();
        return new Counts(nowRequests - told.requests, nowSampled - told.sampled, nowBorrowed - told.borrowed);
    }

    void told(Counts counts) {
        told = new Counts(
                told.requests + counts.requests, told.sampled + counts.sampled, told.borrowed + counts.borrowed);
    }
}
