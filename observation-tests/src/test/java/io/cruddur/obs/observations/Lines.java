package io.cruddur.obs.observations;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The lines of a logger and those below it, each with its diagnostic context as it was on its thread. */
final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    record Line(String level, String message, Map<String, String> mdc) {}

    private final Logger logger;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    private Lines(Logger logger) {
        this.logger = logger;
    }

    static Lines of(String name) {
        var lines = new Lines((Logger) LoggerFactory.getLogger(name));
        lines.setContext(lines.logger.getLoggerContext());
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new Line(
                event.getLevel().toString(),
                Objects.requireNonNullElse(event.getFormattedMessage(), ""),
                Map.copyOf(event.getMDCPropertyMap())));
    }

    /** Those of that message, in their order. */
    List<Line> saying(String message) {
        return lines.stream().filter(line -> line.message().equals(message)).toList();
    }

    List<String> warnings() {
        return lines.stream()
                .filter(line -> line.level().equals("WARN") || line.level().equals("ERROR"))
                .map(Line::message)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
