package io.cruddur.obs.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Puts an appender on the root logger where no configuration has one, and keeps it there while somebody wants it. Thread-safe.
 */
public final class LogbackInstaller {
    private static final Map<LoggerContext, Attachment> ATTACHMENTS = new HashMap<>();

    private LogbackInstaller() {}

    /**
     * Sees to it that there is an appender: that of the configuration, or one beside those that are there.
     *
     * @return says that this caller wants it no more; the last such takes it away again. Nothing where SLF4J is not bound
     *     to Logback
     */
    public static Runnable install() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return () -> {};
        }
        synchronized (ATTACHMENTS) {
            ATTACHMENTS.computeIfAbsent(context, Attachment::new).join();
        }
        var left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                leave(context);
            }
        };
    }

    private static void leave(LoggerContext context) {
        synchronized (ATTACHMENTS) {
            Attachment attachment = ATTACHMENTS.get(context);
            if (attachment != null && attachment.leave()) {
                ATTACHMENTS.remove(context);
            }
        }
    }

    /** A configuration has an appender of its own: the one beside it would ship each event again. */
    static void giveWay(Context context) {
        if (context instanceof LoggerContext logback) {
            Attachment.detach(logback);
        }
    }
}
