package io.cruddur.obs.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log signals that are open in this process. An appender is made by a logging configuration that knows nothing of
 * the application; here it finds where its records go: to the signal that was opened last, so that none is shipped twice.
 * While none is open, the first records are kept for the one that will be. Thread-safe.
 */
public final class LogSignals {
    private static final Logger LOG = LoggerFactory.getLogger(LogSignals.class);
    private static final Object LOCK = new Object();
    private static final List<LogSignal> OPEN = new ArrayList<>();
    private static final LogSignal EARLY = new Early();

    private static @Nullable EarlyRecords kept;
    private static volatile LogSignal current = EARLY;

    private LogSignals() {}

    /** Where records go now. */
    public static LogSignal current() {
        return current;
    }

    /** Whether records go to somebody who ships them. */
    public static boolean isOpen() {
        return current != EARLY;
    }

    /** Has records kept from now on, if nobody takes them. */
    public static void keepEarly() {
        synchronized (LOCK) {
            if (OPEN.isEmpty() && kept == null) {
                kept = new EarlyRecords();
            }
        }
    }

    /** Frees what is kept and keeps no more: nobody is going to take it. */
    public static void discardEarly() {
        synchronized (LOCK) {
            kept = null;
        }
    }

    /**
     * Has records go to the signal, those that were kept first.
     *
     * @return closes it: records go to the one that was open before, if there is one
     */
    public static Runnable open(LogSignal signal) {
        long leftOut = 0;
        synchronized (LOCK) {
            EarlyRecords early = kept;
            kept = null;
            if (early != null) {
                early.records().forEach(signal::accept);
                leftOut = early.leftOut();
                for (long i = 0; i < leftOut; i++) {
                    signal.lost("early_overflow");
                }
            }
            OPEN.add(signal);
            current = signal;
        }
        if (leftOut > 0) {
            LOG.warn(
                    "{} lines were logged before Cruddur Obs was built and did not fit into its buffer; they are lost.",
                    leftOut);
        }
        return () -> close(signal);
    }

    private static void close(LogSignal signal) {
        synchronized (LOCK) {
            OPEN.remove(signal);
            current = OPEN.isEmpty() ? EARLY : OPEN.get(OPEN.size() - 1);
        }
    }

    /** Keeps what nobody takes yet. */
    private static final class Early implements LogSignal {
        @Override
        public CaptureSettings capture() {
            return CaptureSettings.DEFAULT;
        }

        @Override
        public boolean isSensitive(String name) {
            // No pattern is rendered yet; what is kept goes through redaction with its names.
            return false;
        }

        @Override
        public void accept(LogRecord record) {
            synchronized (LOCK) {
                if (current != this) {
                    // Opened since this thread looked.
                    current.accept(record);
                } else if (kept != null) {
                    kept.add(record);
                }
            }
        }

        @Override
        public void lost(String reason) {
            synchronized (LOCK) {
                if (current != this) {
                    current.lost(reason);
                } else if (kept != null) {
                    kept.lost();
                }
            }
        }

        @Override
        public void truncated() {
            // The mark in the line says it; there is nobody yet who counts.
        }

        @Override
        public void replaced() {
            // The same.
        }
    }
}
