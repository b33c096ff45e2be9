package io.cruddur.obs.cloudwatch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What was warned of meanwhile. */
final class Warnings implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    Warnings(Class<?> by) {
        this(by.getName());
    }

    /** Also of loggers below that name. */
    Warnings(String by) {
        logger = (Logger) LoggerFactory.getLogger(by);
        appender.start();
        logger.addAppender(appender);
    }

    List<String> messages() {
        List<ILoggingEvent> said;
        // The sink's thread may be adding to it, in this lock.
        synchronized (appender) {
            said = List.copyOf(appender.list);
        }
        return said.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
