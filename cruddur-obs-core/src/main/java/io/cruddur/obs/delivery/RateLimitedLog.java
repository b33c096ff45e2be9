package io.cruddur.obs.delivery;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Warnings about the same trouble, at most one a minute; the count of those left out goes with the next. Thread-safe. */
public final class RateLimitedLog {
    private static final long INTERVAL_NANOS = 60_000_000_000L;

    private final Logger logger;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    /** Limits what is said through the given logger by this object. */
    public RateLimitedLog(Logger logger) {
        this.logger = logger;
    }

    /** Says it, unless something was said less than a minute ago. */
    public void warn(String message) {
        say(Level.WARN, message);
    }

    /** The same at debug. */
    public void debug(String message) {
        if (logger.isDebugEnabled()) {
            say(Level.DEBUG, message);
        }
    }

    private void say(Level level, String message) {
        long due = nextNanos.get();
        long now = System.nanoTime();
        if (now - due < 0 || !nextNanos.compareAndSet(due, now + INTERVAL_NANOS)) {
            leftOut.incrementAndGet();
            return;
        }
        long silent = leftOut.getAndSet(0);
        try {
            logger.atLevel(level)
                    .log(silent == 0 ? message : message + " (and " + silent + " more like it since the last time)");
        } catch (Throwable e) {
            // A filter or appender of the application's must not stop what is being told of; the next word counts this.
            leftOut.addAndGet(silent + 1);
        }
    }
}
