package io.cruddur.obs;

import io.cruddur.obs.error.LoggedErrors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Reports exceptions that are logged at SEVERE through {@code java.util.logging}. Thread-safe. */
final class JulErrors extends Handler {
    private static final Logger ROOT = Logger.getLogger("");

    private final LoggedErrors.Reporter reporter;

    private JulErrors(LoggedErrors.Reporter reporter) {
        this.reporter = reporter;
        setLevel(Level.SEVERE);
    }

    /** Puts it on the root logger; gives what takes it away. */
    static Runnable install(LoggedErrors.Reporter reporter) {
        var handler = new JulErrors(reporter);
        ROOT.addHandler(handler);
        return () -> ROOT.removeHandler(handler);
    }

    @Override
    public void publish(LogRecord line) {
        if (line != null && isLoggable(line) && line.getThrown() != null) {
            String said = line.getMessage();
            reporter.logged(true, said == null ? "" : said, String.valueOf(line.getLoggerName()), line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
