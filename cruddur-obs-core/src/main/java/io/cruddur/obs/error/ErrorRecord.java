package io.cruddur.obs.error;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.delivery.Weighted;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanIds;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as it was reported.
 *
 * @param uuid the item's id; a receiver knows a second one of the same id
 * @param timestampMillis epoch milliseconds
 * @param level {@code critical}, {@code error}, {@code warning}, {@code info} or {@code debug}
 * @param title what the receiver calls it; null leaves that to the receiver
 * @param message what was reported, when it was not an exception; beside an exception, what was said of it
 * @param exception what was reported, when it was one
 * @param uncaught whether nothing of the application's caught it
 * @param custom values by key, captured
 * @param person whom it happened to, if that was said
 * @param request the request in which it happened
 * @param context the part of the application in which it happened, such as a route
 * @param fingerprint by what it is grouped; null leaves that to the receiver
 * @param thread the name of the thread
 * @param breadcrumbs what happened in its trace before, oldest first
 * @param ids the span that was current
 * @param recorded whether that span is recorded, so that there is a trace to look at
 * @param folded the errors that it stands for beside itself; null for none
 */
public record ErrorRecord(
        String uuid,
        long timestampMillis,
        String level,
        @Nullable String title,
        @Nullable String message,
        @Nullable CapturedException exception,
        boolean uncaught,
        Map<String, @Nullable Object> custom,
        @Nullable Person person,
        @Nullable HttpRequest request,
        @Nullable String context,
        @Nullable String fingerprint,
        String thread,
        List<Breadcrumb> breadcrumbs,
        SpanIds ids,
        boolean recorded,
        @Nullable Folded folded)
        implements Weighted {
    private static final int BYTES_A_BREADCRUMB = 256;

    /** The same as the item that says how many like it were folded. */
    public ErrorRecord standingFor(String newUuid, Folded others) {
        return new ErrorRecord(
                newUuid,
                others.lastMillis(),
                level,
                title,
                message,
                exception,
                uncaught,
                custom,
                person,
                request,
                context,
                fingerprint,
                thread,
                breadcrumbs,
                ids,
                recorded,
                others);
    }

    /** The lowest gives way where there is no room for all. */
    @Override
    public Severity severity() {
        return switch (level) {
            case "critical", "error" -> Severity.ERROR;
            case "warning" -> Severity.WARN;
            case "info" -> Severity.INFO;
            default -> Severity.DEBUG;
        };
    }

    @Override
    public int weight() {
        return 1_024
                + CapturedValue.weightOf(custom)
                + (exception == null ? 0 : exception.weight())
                + BYTES_A_BREADCRUMB * breadcrumbs.size();
    }
}
