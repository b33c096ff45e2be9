package io.cruddur.obs.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.cruddur.obs.log.LogRecord;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Puts the appender beside those that are there, without a configuration file. */
public final class LogbackInstaller {
    private LogbackInstaller() {}

    /**
     * Adds the appender to the root logger; one of an earlier start is replaced.
     *
     * @param signal takes each event
     * @param failed told of each event that could not be copied
     * @return takes it away again; does nothing where SLF4J is not bound to Logback
     */
    public static Runnable install(Consumer<LogRecord> signal, Runnable failed) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return () -> {};
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAppender(ObsAppender.NAME);
        var appender = new ObsAppender(signal, failed);
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
        return () -> {
            root.detachAppender(appender);
            appender.stop();
        };
    }
}
