package io.cruddur.obs;

import io.cruddur.obs.delivery.Delivery;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reports what ends a thread, any thread that has no handler of its own, and lets the handler that was there before go on.
 * Thread-safe.
 */
final class UncaughtErrors implements Thread.UncaughtExceptionHandler {
    /** The process may end with the thread, and without its shutdown hooks. */
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(2);
    /** A pool whose tasks throw must not wait for a receiver that is down each time. */
    private static final long FLUSH_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ErrorReporter reporter;
    private final Delivery delivery;
    private final Thread.@Nullable UncaughtExceptionHandler previous;
    private final AtomicLong nextFlushNanos = new AtomicLong(System.nanoTime());
    private volatile boolean off;

    private UncaughtErrors(
            ErrorReporter reporter, Delivery delivery, Thread.@Nullable UncaughtExceptionHandler previous) {
        this.reporter = reporter;
        this.delivery = delivery;
        this.previous = previous;
    }

    /** Installs it; gives what takes it away. */
    static Runnable install(ErrorReporter reporter, Delivery delivery) {
        var handler = new UncaughtErrors(reporter, delivery, Thread.getDefaultUncaughtExceptionHandler());
        Thread.setDefaultUncaughtExceptionHandler(handler);
        return handler::remove;
    }

    private void remove() {
        off = true;
        // Another may have been put before it since; that one goes on to call it, and it hands on.
        if (Thread.getDefaultUncaughtExceptionHandler() == this) {
            Thread.setDefaultUncaughtExceptionHandler(previous);
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable throwable) {
        try {
            if (!off) {
                report(throwable);
            }
        } finally {
            handOn(thread, throwable);
        }
    }

    private void report(Throwable throwable) {
        new ErrorReport(reporter, throwable, null)
                .level(ErrorLevel.CRITICAL)
                .uncaught()
                .report();
        long due = nextFlushNanos.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextFlushNanos.compareAndSet(due, now + FLUSH_EVERY_NANOS)) {
            delivery.flush(LONGEST_FLUSH);
        }
    }

    private void handOn(Thread thread, Throwable throwable) {
        if (previous != null) {
            previous.uncaughtException(thread, throwable);
        } else {
            // What the JVM says where there is no handler.
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            throwable.printStackTrace(System.err);
        }
    }
}
