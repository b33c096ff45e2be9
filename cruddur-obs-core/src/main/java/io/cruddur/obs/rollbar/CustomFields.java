package io.cruddur.obs.rollbar;

import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.error.Folded;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Rollbar has no word for: the application's own values, the trace, links, what was folded. Immutable. */
final class CustomFields {
    private static final int MAX_THREADS = 100;
    private static final int MAX_THREAD_FRAMES = 32;
    private static final Set<String> OURS = Set.of(
            "service",
            "thread",
            "traceId",
            "xrayTraceId",
            "spanId",
            "xrayUrl",
            "consoleUrl",
            "suppressed",
            "folded",
            "threads");

    private final RollbarSettings settings;
    private final Redactor redactor;
    private final TraceBodies traces;
    private final ItemLinks links;

    CustomFields(RollbarSettings settings, Redactor redactor, TraceBodies traces) {
        this.settings = settings;
        this.redactor = redactor;
        this.traces = traces;
        this.links = new ItemLinks(settings.items().region(), settings.items().consoleUrl());
    }

    Map<String, @Nullable Object> of(ErrorRecord error) {
        var custom = new LinkedHashMap<String, @Nullable Object>();
        error.custom()
                .forEach((key, value) -> custom.put(name(redactor.redact(key)), redactor.redactValue(key, value)));
        custom.put("service", settings.service());
        custom.put("thread", redactor.redact(error.thread()));
        trace(custom, error);
        if (error.exception() != null) {
            custom.put("suppressed", traces.suppressed(error.exception()));
        }
        Folded folded = error.folded();
        if (folded != null) {
            custom.put("folded", told(folded));
        }
        if (settings.items().threadDump()) {
            custom.put("threads", threads());
        }
        return custom;
    }

    /** One that the application has called like ours is kept beside it. */
    private static String name(String key) {
        return OURS.contains(key) ? "own." + key : key;
    }

    private static Map<String, Object> told(Folded folded) {
        var told = new LinkedHashMap<String, Object>();
        told.put("count", folded.count());
        told.put("from", Instant.ofEpochMilli(folded.firstMillis()).toString());
        told.put("to", Instant.ofEpochMilli(folded.lastMillis()).toString());
        return told;
    }

    private void trace(Map<String, @Nullable Object> custom, ErrorRecord error) {
        SpanIds ids = error.ids();
        if (!ids.isTraced()) {
            return;
        }
        String xrayTraceId = Ids.xrayTraceId(ids.traceIdHigh(), ids.traceIdLow());
        custom.put("traceId", Ids.w3cTraceId(ids.traceIdHigh(), ids.traceIdLow()));
        custom.put("xrayTraceId", xrayTraceId);
        custom.put("spanId", Ids.hex(ids.spanId()));
        if (error.recorded()) {
            custom.put("xrayUrl", links.xray(xrayTraceId));
        }
        // Lines and errors are there, too, of a trace that is not recorded.
        custom.put("consoleUrl", links.console(xrayTraceId));
    }

    /** As they are now, on the thread that sends. */
    private static List<Object> threads() {
        var threads = new ArrayList<Object>();
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            if (threads.size() == MAX_THREADS) {
                break;
            }
            threads.add(Map.of(
                    "name", each.getKey().getName(),
                    "state", each.getKey().getState().name(),
                    "frames",
                            Arrays.stream(each.getValue())
                                    .limit(MAX_THREAD_FRAMES)
                                    .map(StackTraceElement::toString)
                                    .toList()));
        }
        return threads;
    }
}
