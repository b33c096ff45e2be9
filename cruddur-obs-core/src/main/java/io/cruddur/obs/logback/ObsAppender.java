package io.cruddur.obs.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.DeliveryThread;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.trace.SpanIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Copies each event on the thread that logs it and hands it to the log signal, with the ids of the current span. What
 * is logged about delivery itself stays out: by the thread it comes from, and by its logger's name.
 */
final class ObsAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    static final String NAME = "cruddur-obs";

    private static final int MAX_MESSAGE_CHARS = 65_536;
    private static final List<String> ABOUT_DELIVERY = List.of(
            "io.cruddur.obs.delivery",
            "io.cruddur.obs.xray",
            "io.cruddur.obs.cloudwatch",
            "io.cruddur.obs.rollbar",
            "io.cruddur.obs.console",
            "software.amazon.awssdk",
            "com.rollbar",
            "jdk.httpclient",
            "jdk.internal.httpclient",
            "sun.net.www.protocol.http");

    private final Consumer<LogRecord> signal;
    private final Runnable failed;

    ObsAppender(Consumer<LogRecord> signal, Runnable failed) {
        this.signal = signal;
        this.failed = failed;
        setName(NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (DeliveryThread.isCurrent() || isAboutDelivery(event.getLoggerName())) {
            return;
        }
        try {
            signal.accept(copy(event));
        } catch (RuntimeException e) {
            failed.run();
            addError("A log event could not be copied", e);
        }
    }

    private static LogRecord copy(ILoggingEvent event) {
        return new LogRecord(
                event.getTimeStamp(),
                event.getLevel().toString(),
                event.getLoggerName(),
                event.getThreadName(),
                CapturedValue.shortened(String.valueOf(event.getFormattedMessage()), MAX_MESSAGE_CHARS),
                fields(event.getKeyValuePairs()),
                event.getMDCPropertyMap(),
                exception(event),
                SpanIds.current());
    }

    private static boolean isAboutDelivery(String logger) {
        for (String prefix : ABOUT_DELIVERY) {
            if (logger.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, @Nullable Object> fields(@Nullable List<KeyValuePair> pairs) {
        if (pairs == null || pairs.isEmpty()) {
            return Map.of();
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (KeyValuePair pair : pairs) {
            fields.put(pair.key, CapturedValue.of(pair.value));
        }
        return fields;
    }

    private static @Nullable CapturedException exception(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy
                ? CapturedException.of(proxy.getThrowable())
                : null;
    }
}
