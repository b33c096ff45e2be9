package io.cruddur.obs.trace;

/**
 * The wall clock for the ids of traces that are not recorded: refreshed by the sink's worker, since a reading would cost
 * more than all the rest. Where no worker refreshes it, it is read each time. Thread-safe.
 */
final class EpochSeconds {
    private volatile long refreshed;
    private volatile boolean stopped;

    void refresh() {
        refreshed = stopped ? 0 : System.currentTimeMillis() / 1_000;
    }

    /** Nobody refreshes it from here on. */
    void stop() {
        stopped = true;
        refreshed = 0;
    }

    long now() {
        long last = refreshed;
        return last != 0 ? last : System.currentTimeMillis() / 1_000;
    }
}
