package io.cruddur.obs.delivery;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Exponential back-off with jitter, so that the instances of a service do not come back in step. Used by one
 * thread.
 */
final class Backoff {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CAP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private int attempts;

    void reset() {
        attempts = 0;
    }

    /** The next wait in nanoseconds: between half and all of 100 ms, doubled an attempt, at most 30 s. */
    long nextNanos() {
        long ceiling = Math.min(CAP_NANOS, FIRST_NANOS << Math.min(attempts++, 20));
        return ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
    }
}
