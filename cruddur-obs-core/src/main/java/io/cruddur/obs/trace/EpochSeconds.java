package io.cruddur.obs.trace;

/**
 * The wall clock for the ids of traces that are not recorded: refreshed by the sink's worker, since a reading would cost
 * more than all the rest. Where no worker refreshes it, it is read each time. Thread-safe.
 */
final class EpochSeconds {
    private volatile long refreshed;

    void refresh() {
        refreshed = System.currentTimeMillis() / 1_000;
    }

    long now() {
        long last = refreshed;
        return last != 0 ? last : System.currentTimeMillis() / 1_000;
    }
}
