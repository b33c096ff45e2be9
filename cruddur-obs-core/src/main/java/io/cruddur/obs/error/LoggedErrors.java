package io.cruddur.obs.error;

import io.cruddur.obs.trace.SpanIds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a logging framework's appender takes the exceptions that are logged. It is made by a configuration that knows
 * nothing of the application; here it finds who reports errors: the one that was opened last. Thread-safe.
 */
public final class LoggedErrors {
    /**
     * What is known of an exception that is reported.
     *
     * @param uuid the item's id
     * @param ids the span in which it was reported first: whoever logs it last may do so when that is over
     */
    public record Known(String uuid, SpanIds ids) {}

    /** Reports what is logged. Never throws. */
    public interface Reporter {
        /**
         * A line with an exception.
         *
         * @param isError whether its level is ERROR
         * @param message the line's message
         * @param logger the logger's name
         * @param throwable the exception
         * @return under which id it is reported, by this call or an earlier one; null if it is not
         */
        @Nullable Known logged(boolean isError, String message, String logger, Throwable throwable);
    }

    private static final List<Reporter> OPEN = new ArrayList<>();

    private static volatile @Nullable Reporter current;

    private LoggedErrors() {}

    /** Who reports errors now; null if nobody does. */
    public static @Nullable Reporter current() {
        return current;
    }

    /** Has the reporter told of what is logged from now on; gives what undoes it. */
    public static Runnable open(Reporter reporter) {
        synchronized (OPEN) {
            OPEN.add(reporter);
            current = reporter;
        }
        return () -> {
            synchronized (OPEN) {
                OPEN.remove(reporter);
                current = OPEN.isEmpty() ? null : OPEN.get(OPEN.size() - 1);
            }
        };
    }
}
