package io.cruddur.obs;

import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.error.Folded;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Where errors go when there is no receiver for them. */
final class ErrorLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.cruddur.obs.errors");

    private ErrorLog() {}

    static void write(ErrorItem item, String uuid) {
        if (item.isUncaught() && !item.isSwallowed()) {
            // Whoever catches it last, a container or the JVM, says so itself.
            return;
        }
        LoggingEventBuilder line = LOG.atLevel(level(item.level())).addKeyValue("errorUuid", uuid);
        for (Map.Entry<String, @Nullable Object> value : item.custom().entrySet()) {
            line = line.addKeyValue(value.getKey(), value.getValue());
        }
        if (item.throwable() != null) {
            line = line.setCause(item.throwable());
        }
        line.log(item.message() == null ? "An error was reported" : item.message());
    }

    static void write(ErrorRecord told) {
        Folded folded = told.folded();
        String what =
                told.exception() == null ? told.message() : told.exception().type();
        LOG.error("{} more errors were reported like {}", folded == null ? 0 : folded.count(), what);
    }

    private static Level level(ErrorLevel level) {
        return switch (level) {
            case CRITICAL, ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
    }
}
