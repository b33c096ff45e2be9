package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.delivery.Weighted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log event, copied.
 *
 * @param timestampMillis epoch milliseconds
 * @param level the level's name
 * @param logger the logger's name
 * @param thread the thread's name
 * @param message the message with its arguments
 * @param fields key-values, captured
 * @param mdc the mapped diagnostic context
 * @param exception the exception, if any
 * @param traceIdHigh the trace id's first 64 bits; the id is 0 outside a trace
 * @param traceIdLow its last 64 bits
 * @param spanId the current span
 */
public record LogRecord(
        long timestampMillis,
        String level,
        String logger,
        String thread,
        String message,
        Map<String, @Nullable Object> fields,
        Map<String, String> mdc,
        @Nullable CapturedException exception,
        long traceIdHigh,
        long traceIdLow,
        long spanId)
        implements Weighted {

    /** Whether the event was logged inside a trace. */
    public boolean traced() {
        return traceIdHigh != 0 || traceIdLow != 0;
    }

    @Override
    public int weight() {
        return 256 + 2 * message.length() + 128 * (fields.size() + mdc.size()) + (exception == null ? 0 : 16_384);
    }
}
