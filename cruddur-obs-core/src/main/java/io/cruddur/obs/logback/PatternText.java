package io.cruddur.obs.logback;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.pattern.DynamicConverter;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logback's pattern, which knows {@code %traceId}, {@code %xrayTraceId} and {@code %spanId} too. It renders no exception:
 * that goes behind the line, folded and bounded. Thread-safe, as the layout is.
 */
final class PatternText {
    private static final List<String> EXCEPTION_WORDS =
            List.of("ex", "exception", "throwable", "xEx", "xException", "xThrowable", "rEx", "rootException");

    private final String pattern;
    private final PatternLayout layout = new PatternLayout();

    PatternText(String pattern, Context context) {
        this.pattern = pattern;
        Map<String, Supplier<DynamicConverter>> words = layout.getInstanceConverterMap();
        words.put("traceId", () -> new OfSpan(ids -> Ids.w3cTraceId(ids.traceIdHigh(), ids.traceIdLow())));
        words.put("xrayTraceId", () -> new OfSpan(ids -> Ids.xrayTraceId(ids.traceIdHigh(), ids.traceIdLow())));
        words.put("spanId", () -> new OfSpan(ids -> Ids.hex(ids.spanId())));
        for (String word : EXCEPTION_WORDS) {
            words.put(word, Nothing::new);
        }
        layout.setContext(context);
        layout.setPattern(pattern);
        // It would add the exception to a pattern that does not name it.
        layout.setPostCompileProcessor(null);
        layout.start();
    }

    boolean isOf(String other) {
        return pattern.equals(other);
    }

    /** The line without the ends of lines behind it; null if the pattern could not be read, which a status says. */
    @Nullable String render(ILoggingEvent event) {
        return layout.isStarted() ? layout.doLayout(event).stripTrailing() : null;
    }

    private static final class OfSpan extends ClassicConverter {
        private final Function<SpanIds, String> form;

        OfSpan(Function<SpanIds, String> form) {
            this.form = form;
        }

        @Override
        public String convert(ILoggingEvent event) {
            SpanIds ids = SpanIds.current();
            return ids.isTraced() ? form.apply(ids) : "";
        }
    }

    private static final class Nothing extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return "";
        }
    }
}
