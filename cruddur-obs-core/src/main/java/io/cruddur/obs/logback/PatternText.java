package io.cruddur.obs.logback;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.MDCConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.pattern.DynamicConverter;
import ch.qos.logback.core.util.OptionHelper;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.redact.Redactor;
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

    private static final List<String> MDC_WORDS = List.of("X", "mdc");

    private final String pattern;
    private final LogSignal signal;
    private final PatternLayout layout = new PatternLayout();

    PatternText(String pattern, LogSignal signal, Context context) {
        this.pattern = pattern;
        this.signal = signal;
        Map<String, Supplier<DynamicConverter>> words = layout.getInstanceConverterMap();
        words.put("traceId", () -> new OfSpan(ids -> Ids.w3cTraceId(ids.traceIdHigh(), ids.traceIdLow())));
        words.put("xrayTraceId", () -> new OfSpan(ids -> Ids.xrayTraceId(ids.traceIdHigh(), ids.traceIdLow())));
        words.put("spanId", () -> new OfSpan(ids -> Ids.hex(ids.spanId())));
        for (String word : MDC_WORDS) {
            words.put(word, () -> new WithoutSecrets(signal));
        }
        for (String word : EXCEPTION_WORDS) {
            words.put(word, Nothing::new);
        }
        layout.setContext(context);
        layout.setPattern(pattern);
        // It would add the exception to a pattern that does not name it.
        layout.setPostCompileProcessor(null);
        layout.start();
    }

    boolean isOf(String otherPattern, LogSignal otherSignal) {
        return pattern.equals(otherPattern) && signal == otherSignal;
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

    /** One value of the MDC stands in the line without its name, by which it would be known as a secret later. */
    private static final class WithoutSecrets extends MDCConverter {
        private final LogSignal signal;
        private boolean sensitive;

        WithoutSecrets(LogSignal signal) {
            this.signal = signal;
        }

        @Override
        public void start() {
            super.start();
            String key = getFirstOption();
            sensitive = key != null && signal.isSensitive(OptionHelper.extractDefaultReplacement(key)[0]);
        }

        @Override
        public String convert(ILoggingEvent event) {
            String value = super.convert(event);
            return sensitive && !value.isEmpty() ? Redactor.MARK : value;
        }
    }

    private static final class Nothing extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return "";
        }
    }
}
