package io.cruddur.obs.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.Context;
import io.cruddur.obs.capture.Utf8Limit;
import io.cruddur.obs.delivery.DeliveryThread;
import io.cruddur.obs.error.Breadcrumbs;
import io.cruddur.obs.error.LoggedErrors;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.log.LogSignal;
import org.jspecify.annotations.Nullable;

/** From an event to a record in a signal's hands. Thread-safe. */
final class EventShipper {
    /** A {@code toString} that logs is shipped too; one that logs itself must come to an end. */
    private static final int MAX_DEPTH = 4;

    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private volatile @Nullable PatternText layout;

    /** May throw what the application's own objects throw. */
    void ship(ILoggingEvent event, LogSignal signal, Context context) {
        if (DeliveryThread.isCurrent() || AboutDelivery.is(event.getLoggerName())) {
            return;
        }
        int[] depth = DEPTH.get();
        if (depth[0] == MAX_DEPTH) {
            signal.lost("logged_while_logging");
            return;
        }
        depth[0]++;
        try {
            LogRecord line = EventCopy.of(event, signal, text(event, signal, context), reported(event));
            if (LoggedErrors.current() != null) {
                Breadcrumbs.logged(line);
            }
            signal.accept(line);
        } finally {
            depth[0]--;
        }
    }

    /** Reports what is logged as an error, unless it was reported before. */
    private static LoggedErrors.@Nullable Known reported(ILoggingEvent event) {
        IThrowableProxy proxy = event.getThrowableProxy();
        LoggedErrors.Reporter reporter = proxy == null ? null : LoggedErrors.current();
        if (reporter == null || !(proxy instanceof ThrowableProxy own) || own.getThrowable() == null) {
            return null;
        }
        boolean isError = event.getLevel() != null && event.getLevel().isGreaterOrEqual(Level.ERROR);
        return reporter.logged(
                isError,
                String.valueOf(event.getFormattedMessage()),
                String.valueOf(event.getLoggerName()),
                own.getThrowable());
    }

    private @Nullable String text(ILoggingEvent event, LogSignal signal, Context context) {
        String pattern = signal.capture().pattern();
        if (pattern == null) {
            return null;
        }
        PatternText present = layout;
        if (present == null || !present.isOf(pattern, signal)) {
            layout = present = new PatternText(pattern, signal, context);
        }
        String text = present.render(event);
        return text == null ? null : bounded(text, signal);
    }

    /** A text with the bound of a message; that it was cut is counted. */
    @SuppressWarnings("ReferenceEquality") // the same object where nothing is cut
    static String bounded(String text, LogSignal signal) {
        String kept = Utf8Limit.shortened(text, signal.capture().maxMessageBytes());
        if (kept != text) {
            signal.truncated();
        }
        return kept;
    }
}
