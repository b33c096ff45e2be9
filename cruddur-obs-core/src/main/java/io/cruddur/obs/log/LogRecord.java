package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.delivery.Weighted;
import io.cruddur.obs.trace.SpanIds;
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
 * @param ids the span that was current
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
        SpanIds ids)
        implements Weighted {

    @Override
    public Severity severity() {
        return Severity.valueOf(level);
    }

    @Override
    public int weight() {
        return 256
                + 2 * message.length()
                + CapturedValue.weightOf(fields)
                + CapturedValue.weightOf(mdc)
                + (exception == null ? 0 : 16_384);
    }
}
