package io.cruddur.obs.trace;

import java.util.concurrent.atomic.AtomicLong;

/** How many traces a second are recorded because a caller said so. Beyond it our own sampler decides. Thread-safe. */
final class InboundCap {
    private final int perSecond;
    /** The second in the upper half, how many it has seen in the lower. */
    private final AtomicLong window = new AtomicLong();

    InboundCap(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean tryTake() {
        long second = (System.nanoTime() / 1_000_000_000L) << 32;
        while (true) {
            long seen = window.get();
            long used = (seen & ~0xFFFF_FFFFL) == second ? seen & 0xFFFF_FFFFL : 0;
            if (used >= perSecond) {
                return false;
            }
            if (window.compareAndSet(seen, second | (used + 1))) {
                return true;
            }
        }
    }
}
