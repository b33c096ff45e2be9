package io.cruddur.obs.spring.micrometer;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The lines of one logger, with the diagnostic context of each as it was on its thread. */
final class CapturedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    record Line(String message, Map<String, String> mdc, String thread) {}

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
        lines.add(new Line(event.getFormattedMessage(), Map.copyOf(event.getMDCPropertyMap()), event.getThreadName()));
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
