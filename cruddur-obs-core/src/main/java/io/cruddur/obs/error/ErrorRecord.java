package io.cruddur.obs.error;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.delivery.Weighted;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanIds;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as it was reported.
 *
 * @param uuid the item's id; a receiver knows a second one of the same id
 * @param timestampMillis epoch milliseconds
 * @param level {@code critical}, {@code error}, {@code warning}, {@code info} or {@code debug}
 * @param message what was reported, when it was not an exception
 * @param exception what was reported, when it was one
 * @param custom values by key, captured
 * @param request the request in which it happened
 * @param ids the span that was current
 */
public record ErrorRecord(
        String uuid,
        long timestampMillis,
        String level,
        @Nullable String message,
        @Nullable CapturedException exception,
        Map<String, @Nullable Object> custom,
        @Nullable HttpRequest request,
        SpanIds ids)
        implements Weighted {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public int weight() {
        return 1_024 + CapturedValue.weightOf(custom) + (exception == null ? 0 : 16_384);
    }
}
