package io.cruddur.obs.delivery.spool;

import java.util.concurrent.atomic.AtomicLong;

/** How much of the disk may be used, and is. Thread-safe. */
final class Budget {
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    Budget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean hasRoomFor(long bytes) {
        return used.get() + bytes <= maxBytes;
    }

    long used() {
        return used.get();
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
