package io.cruddur.obs.error;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.delivery.Weighted;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Trail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a trace before an error. Log lines are remembered as they come, by reference; spans are looked up in
 * their tree when there is an error, so that a request without one pays nothing for them.
 */
public final class Breadcrumbs {
    private static final int MAX_CHARS = 500;
    /** A line that keeps more than that alive is remembered without its fields and its stack. */
    private static final int MAX_BYTES = 2_048;

    private Breadcrumbs() {}

    /** Remembers a line of INFO and above, if a trace is current on this thread. */
    public static void logged(LogRecord line) {
        if (line.severity().compareTo(Severity.INFO) < 0) {
            return;
        }
        Frame frame = Frame.current();
        Trail trail = frame == null ? null : frame.trail();
        if (trail != null) {
            trail.remember(line.weight() <= MAX_BYTES ? line : slim(line));
        }
    }

    private static LogRecord slim(LogRecord line) {
        return new LogRecord(
                line.timestampMillis(),
                line.level(),
                line.logger(),
                "",
                shortened(message(line)),
                Map.of(),
                Map.of(),
                null,
                line.ids());
    }

    /** The last of what happened in the frame's trace, oldest first; at most {@value Trail#MAX_RECORDS}. */
    public static List<Breadcrumb> of(@Nullable Frame frame) {
        if (frame == null) {
            return List.of();
        }
        var crumbs = new ArrayList<Breadcrumb>();
        SpanNode span = frame.currentSpan();
        if (span != null) {
            span.tree().recentlyEnded(Trail.MAX_RECORDS).forEach(ended -> crumbs.add(of(ended)));
        }
        Trail trail = frame.trail();
        if (trail != null) {
            for (Weighted record : trail.records()) {
                if (record instanceof LogRecord line) {
                    crumbs.add(of(line));
                }
            }
        }
        crumbs.sort(Comparator.comparingLong(Breadcrumb::timestampMillis));
        return List.copyOf(crumbs.subList(Math.max(0, crumbs.size() - Trail.MAX_RECORDS), crumbs.size()));
    }

    private static Breadcrumb of(LogRecord line) {
        return new Breadcrumb(
                line.timestampMillis(),
                level(line.severity()),
                Breadcrumb.Kind.LOG,
                shortened(message(line)),
                line.logger(),
                0,
                -1);
    }

    /** A line that a pattern rendered has its message in its text alone. */
    private static String message(LogRecord line) {
        String text = line.text();
        return text == null ? line.message() : text;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARN -> "warning";
            default -> "info";
        };
    }

    private static Breadcrumb of(SpanNode span) {
        SpanExtra extra = span.extraOrNull();
        HttpRequest request = extra == null ? null : extra.request();
        boolean isCall = span.kind() == Kind.CLIENT || span.kind() == Kind.PRODUCER;
        long end = span.endEpochMicros();
        return new Breadcrumb(
                end / 1_000,
                extra == null ? "info" : extra.isFault() ? "error" : extra.isError() ? "warning" : "info",
                isCall ? Breadcrumb.Kind.CALL : Breadcrumb.Kind.SPAN,
                shortened(span.name()),
                request == null ? null : shortened(request.method() + ' ' + request.url()),
                extra == null ? 0 : extra.status(),
                (end - span.startEpochMicros()) / 1_000.0);
    }

    private static String shortened(String text) {
        return CapturedValue.shortened(text, MAX_CHARS);
    }
}
