package io.cruddur.obs.console.internal.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers every change in the console, so that a live stream can ask each store "what is new since n".
 *
 * <p>A store must take a number and make the change visible under one lock. Then a reader who has read
 * {@link #current()} and afterwards takes that lock sees every change up to that number.
 */
public final class Revisions {

    private final AtomicLong last = new AtomicLong();

    public long next() {
        return last.incrementAndGet();
    }

    public long current() {
        return last.get();
    }
}
