package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.delivery.Weighted;
import io.cruddur.obs.trace.SpanIds;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log event, copied.
 *
 * @param timestampMicros epoch microseconds
 * @param severity the level
 * @param logger the logger's name
 * @param thread the thread's name
 * @param message the message with its arguments
 * @param fields key-values, captured
 * @param mdc the mapped diagnostic context
 * @param markers the names of the markers
 * @param exception the exception, if any
 * @param caller where the call stands, if that was asked for
 * @param text the line as a pattern renders it, without the exception; null where no pattern is set
 * @param ids the span that was current
 * @param errorUuid the item under which the exception is reported as an error; null if it is not, or not yet
 */
public record LogRecord(
        long timestampMicros,
        Severity severity,
        String logger,
        String thread,
        String message,
        Map<String, @Nullable Object> fields,
        Map<String, @Nullable String> mdc,
        List<String> markers,
        @Nullable CapturedException exception,
        @Nullable StackTraceElement caller,
        @Nullable String text,
        SpanIds ids,
        @Nullable String errorUuid)
        implements Weighted {
    /** A clock may say anything. */
    private static final long LATEST_MILLIS = Long.MAX_VALUE / 1_000;

    /** One with nothing but the usual, at a time in epoch milliseconds. */
    public LogRecord(
            long timestampMillis,
            String level,
            String logger,
            String thread,
            String message,
            Map<String, @Nullable Object> fields,
            Map<String, @Nullable String> mdc,
            @Nullable CapturedException exception,
            SpanIds ids) {
        this(
                Math.max(-LATEST_MILLIS, Math.min(LATEST_MILLIS, timestampMillis)) * 1_000,
                Severity.valueOf(level),
                logger,
                thread,
                message,
                fields,
                mdc,
                List.of(),
                exception,
                null,
                null,
                ids,
                null);
    }

    /** The level's name. */
    public String level() {
        return severity.name();
    }

    /** Epoch milliseconds. */
    public long timestampMillis() {
        return Math.floorDiv(timestampMicros, 1_000L);
    }

    @Override
    public int weight() {
        int weight = 256 + 2 * message.length();
        if (text != null) {
            weight += 2 * text.length();
        }
        if (!fields.isEmpty()) {
            weight += CapturedValue.weightOf(fields);
        }
        if (!mdc.isEmpty()) {
            weight += CapturedValue.weightOf(mdc);
        }
        return exception == null ? weight : weight + exception.weight();
    }
}
