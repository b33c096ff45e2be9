package io.cruddur.obs.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.error.LoggedErrors;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.trace.SpanIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Copies an event on the thread that logs it. Nothing is formatted here, and what is not there costs nothing. */
final class EventCopy {
    private static final int MAX_KEY_CHARS = 500;
    private static final int MAX_MARKERS = 16;
    /** Commons Logging's own, on each line that comes through it, as all of Spring's do. */
    private static final String BRIDGED = "COMMONS-LOGGING";
    /** What a diagnostic context holds in all before it is copied with bounds instead of kept as it is. */
    private static final int MAX_MDC_CHARS = 16_384;

    private EventCopy() {}

    /**
     * The copy.
     *
     * @param signal who takes it: says what is wanted, and counts what is cut or replaced
     * @param text the event as a pattern renders it; null without a pattern
     * @param reported under what its exception is reported; null if it is not
     */
    static LogRecord of(
            ILoggingEvent event, LogSignal signal, @Nullable String text, LoggedErrors.@Nullable Known reported) {
        return new LogRecord(
                micros(event),
                severity(event.getLevel()),
                String.valueOf(event.getLoggerName()),
                String.valueOf(event.getThreadName()),
                message(event, signal, text),
                fields(event.getKeyValuePairs(), signal),
                mdc(event.getMDCPropertyMap()),
                markers(event.getMarkerList()),
                exception(event),
                signal.capture().callerData() ? caller(event) : null,
                text,
                ids(reported),
                reported == null ? null : reported.uuid());
    }

    /** A container logs what escaped when the request's span is over: the line belongs to it all the same. */
    private static SpanIds ids(LoggedErrors.@Nullable Known reported) {
        SpanIds current = SpanIds.current();
        return reported == null || current.isTraced() ? current : reported.ids();
    }

    /** The text has it in it already. */
    private static String message(ILoggingEvent event, LogSignal signal, @Nullable String text) {
        return text == null ? EventShipper.bounded(String.valueOf(event.getFormattedMessage()), signal) : "";
    }

    private static long micros(ILoggingEvent event) {
        Instant instant = event.getInstant();
        return instant == null
                ? event.getTimeStamp() * 1_000
                : instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static Severity severity(@Nullable Level level) {
        return switch (level == null ? Level.INFO_INT : level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.DEBUG_INT -> Severity.DEBUG;
            case Level.TRACE_INT -> Severity.TRACE;
            default -> Severity.INFO;
        };
    }

    private static Map<String, @Nullable Object> fields(@Nullable List<KeyValuePair> pairs, LogSignal signal) {
        if (pairs == null || pairs.isEmpty()) {
            return Map.of();
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (KeyValuePair pair : pairs) {
            fields.put(freeKey(fields, String.valueOf(pair.key)), CapturedValue.of(pair.value, signal));
        }
        return fields;
    }

    /** A key that is said twice is two fields: {@code id} and {@code id_2}. */
    private static String freeKey(Map<String, ?> fields, String said) {
        String key = CapturedValue.shortened(said, MAX_KEY_CHARS);
        String free = key;
        for (int i = 2; fields.containsKey(free); i++) {
            free = key + '_' + i;
        }
        return free;
    }

    /** Logback's own map is a snapshot that is never changed. */
    @SuppressWarnings("unchecked") // texts stay texts
    private static Map<String, @Nullable String> mdc(@Nullable Map<String, String> mdc) {
        if (mdc == null || mdc.isEmpty()) {
            return Map.of();
        }
        int chars = 0;
        for (Map.Entry<String, String> entry : mdc.entrySet()) {
            String value = entry.getValue();
            chars += String.valueOf(entry.getKey()).length()
                    + (value == null ? 0 : Math.min(value.length(), MAX_MDC_CHARS));
            if (chars > MAX_MDC_CHARS) {
                return (Map<String, @Nullable String>) (Map<?, ?>) bounded(mdc);
            }
        }
        return (Map<String, @Nullable String>) (Map<?, ?>) mdc;
    }

    private static Map<?, ?> bounded(Map<String, String> mdc) {
        return CapturedValue.of(mdc) instanceof Map<?, ?> copy ? copy : Map.of();
    }

    private static List<String> markers(@Nullable List<Marker> markers) {
        if (markers == null || markers.isEmpty()) {
            return List.of();
        }
        var names = new ArrayList<String>();
        for (Marker marker : markers) {
            if (marker != null && names.size() < MAX_MARKERS && !BRIDGED.equals(marker.getName())) {
                names.add(CapturedValue.shortened(String.valueOf(marker.getName()), MAX_KEY_CHARS));
            }
        }
        return names;
    }

    private static @Nullable CapturedException exception(ILoggingEvent event) {
        IThrowableProxy proxy = event.getThrowableProxy();
        if (proxy instanceof ThrowableProxy own && own.getThrowable() != null) {
            return CapturedException.of(own.getThrowable());
        }
        return proxy == null ? null : ProxyCopy.of(proxy);
    }

    private static @Nullable StackTraceElement caller(ILoggingEvent event) {
        StackTraceElement[] stack = event.getCallerData();
        return stack == null || stack.length == 0 ? null : stack[0];
    }
}
