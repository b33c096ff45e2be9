package io.cruddur.obs.spring.micrometer;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** The lines of one logger, with the key-values of each, and its diagnostic context as it was on its thread. */
final class CapturedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    record Line(
            String level,
            String message,
            Map<String, Object> fields,
            Map<String, String> mdc,
            String thread,
            boolean isVirtual) {}

    private final Logger logger;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    private CapturedLines(Logger logger) {
        this.logger = logger;
    }

    static CapturedLines of(String name) {
        var lines = new CapturedLines((Logger) LoggerFactory.getLogger(name));
        lines.setContext(lines.logger.getLoggerContext());
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new Line(
                event.getLevel().toString(),
                event.getFormattedMessage(),
                fields(event.getKeyValuePairs()),
                Map.copyOf(event.getMDCPropertyMap()),
                event.getThreadName(),
                // Java 17 has no word for it.
                Thread.currentThread().toString().startsWith("VirtualThread")));
    }

    private static Map<String, Object> fields(@Nullable List<KeyValuePair> pairs) {
        return pairs == null
                ? Map.of()
                : pairs.stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }

    List<Line> lines() {
        return lines;
    }

    Line line(String message) {
        return lines.stream()
                .filter(line -> line.message().equals(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line " + message + " in " + lines));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
