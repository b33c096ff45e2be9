package io.cruddur.obs.servlet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceContext;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The access lines, each with the ids that are current where it is logged. */
final class AccessLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    record Line(String level, String text, Map<String, Object> fields, TraceContext context) {}

    private final Obs obs;
    private final Logger logger = (Logger) LoggerFactory.getLogger("cruddur.access");
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    AccessLines(Obs obs) {
        this.obs = obs;
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Map<String, Object> fields =
                event.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
        lines.add(
                new Line(event.getLevel().toString(), event.getFormattedMessage(), fields, obs.currentTraceContext()));
    }

    BlockingQueue<Line> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
