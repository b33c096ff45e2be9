package io.cruddur.obs.test;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Has all loggers silent but a test's own and those below them, where it counts lines: what a library says meanwhile, or a
 * thread of an earlier test, is none of it. Closed, it leaves them as they were.
 */
public final class OwnLines implements AutoCloseable {
    private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final @Nullable Level before = root.getLevel();
    private final List<Logger> own;

    public OwnLines(String... loggers) {
        own = Stream.of(loggers).map(OwnLines::logger).toList();
        root.setLevel(Level.OFF);
        own.forEach(logger -> logger.setLevel(Level.INFO));
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    public void close() {
        own.forEach(logger -> logger.setLevel(null));
        root.setLevel(before);
    }
}
