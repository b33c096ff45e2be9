package io.cruddur.obs.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Appender;
import java.util.Iterator;

/**
 * The appender that no configuration asked for, and who wants it. A context that is reset drops its appenders, as Spring
 * Boot, a configuration that is scanned and development tools have it do: then it is put there again, and a
 * configuration with one of its own takes it away.
 */
final class Attachment implements LoggerContextListener {
    private static final String NAME = "cruddur-obs";

    private final LoggerContext context;
    /** Guarded by the installer. */
    private int wanted;

    Attachment(LoggerContext context) {
        this.context = context;
    }

    void join() {
        wanted++;
        // A context that was stopped has forgotten its listeners.
        if (!context.getCopyOfListenerList().contains(this)) {
            context.addListener(this);
        }
        attach();
    }

    /** True when nobody wants it any more. */
    boolean leave() {
        wanted--;
        if (wanted == 0) {
            context.removeListener(this);
            detach(context);
        }
        return wanted == 0;
    }

    private synchronized void attach() {
        if (hasOne(context)) {
            return;
        }
        var appender = new ObsAppender(true);
        appender.setName(NAME);
        appender.setContext(context);
        appender.start();
        root(context).addAppender(appender);
    }

    static void detach(LoggerContext context) {
        if (root(context).getAppender(NAME) instanceof ObsAppender appender && appender.isInstalled()) {
            root(context).detachAppender(appender);
            appender.stop();
        }
    }

    private static boolean hasOne(LoggerContext context) {
        for (Logger logger : context.getLoggerList()) {
            for (Iterator<Appender<ILoggingEvent>> all = logger.iteratorForAppenders(); all.hasNext(); ) {
                if (all.next() instanceof ObsAppender appender && appender.isStarted()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Logger root(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onReset(LoggerContext reset) {
        attach();
    }

    @Override
    public void onStart(LoggerContext started) {
        attach();
    }

    @Override
    public void onStop(LoggerContext stopped) {
        // What is logged from here on is shipped still.
    }

    @Override
    public void onLevelChange(Logger logger, Level level) {
        // Levels are the configuration's.
    }
}
