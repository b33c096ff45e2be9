package io.cruddur.obs.error;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a trace before an error.
 *
 * @param timestampMillis when it happened, or ended, epoch milliseconds
 * @param level {@code error}, {@code warning} or {@code info}
 * @param kind what it is
 * @param text a log message, or the name of a span
 * @param detail the logger of a line, the method and address of a call; null where there is none
 * @param status the HTTP status of a call; 0 without one
 * @param durationMillis how long a span took; -1 for a line
 */
public record Breadcrumb(
        long timestampMillis,
        String level,
        Kind kind,
        String text,
        @Nullable String detail,
        int status,
        double durationMillis) {
    /** What kind of thing happened. */
    public enum Kind {
        /** A line was logged. */
        LOG,

        /** A span ended. */
        SPAN,

        /** A call to somebody else ended. */
        CALL
    }
}
