package io.cruddur.obs.delivery.spool;

/** How much of the disk may be used, and is. Used under one lock. */
final class Budget {
    private final long maxBytes;
    private long used;

    Budget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean hasRoomFor(long bytes) {
        return used + bytes <= maxBytes;
    }

    void take(long bytes) {
        used += bytes;
    }

    void giveBack(long bytes) {
        used -= bytes;
    }
}
