package io.cruddur.obs.test.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where handlers wait for the test, so that it says what happens when. Thread-safe. */
public final class Gate {
    private static final int PATIENCE_SECONDS = 20;

    private final Semaphore reached = new Semaphore(0);
    private final Semaphore opened = new Semaphore(0);

    Gate() {}

    /**
     * By a handler: waits until the test opens the gate, once.
     *
     * @throws IllegalStateException if it does not within twenty seconds
     */
    public void await() {
        reached.release();
        take(opened, "the gate was not opened");
    }

    /** By the test: waits until a handler is at the gate. */
    void awaitHandler() {
        take(reached, "no handler came to the gate");
    }

    /** By the test: lets one handler through, there or on its way. */
    void open() {
        opened.release();
    }

    void reset() {
        reached.drainPermits();
        opened.drainPermits();
    }

    private static void take(Semaphore semaphore, String otherwise) {
        try {
            if (!semaphore.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(otherwise + " within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(otherwise + " before the thread was interrupted", e);
        }
    }
}
