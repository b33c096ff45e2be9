package io.cruddur.obs.trace;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out so many a second and no more. The seconds are those of the clock. Thread-safe; takes no lock. */
public final class Reservoir {
    /** The rest has room for every second that a clock in nanoseconds knows. */
    private static final int USED_BITS = 29;

    private static final long USED = (1L << USED_BITS) - 1;

    /** The second in the upper bits, how many were taken in it in the lower. */
    private final AtomicLong window = new AtomicLong(Long.MIN_VALUE);

    /**
     * Takes one, unless as many as the second has were taken already.
     *
     * @param perSecond how many a second has; it may change from call to call
     * @param nowNanos a reading of {@link System#nanoTime()}
     */
    public boolean tryTake(int perSecond, long nowNanos) {
        if (perSecond <= 0) {
            return false;
        }
        long second = Math.floorDiv(nowNanos, TimeUnit.SECONDS.toNanos(1));
        while (true) {
            long seen = window.get();
            // Who read the clock just before a second's end must not open that second again.
            long current = Math.max(second, seen >> USED_BITS);
            long used = seen >> USED_BITS == current ? seen & USED : 0;
            if (used >= perSecond || used == USED) {
                return false;
            }
            if (window.compareAndSet(seen, current << USED_BITS | (used + 1))) {
                return true;
            }
        }
    }
}
