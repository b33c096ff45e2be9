package io.cruddur.obs.servlet;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each request: {@code [2026-Nov-22 16:00] 203.0.113.9 GET http /search?term= 200}, and its parts as
 * key-values. Thread-safe.
 */
final class AccessLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MMM-dd HH:mm", Locale.ENGLISH);

    private record Minute(long epochMinute, String text) {}

    private final @Nullable Logger logger;
    private final Clock clock;
    /** The text is the same for a minute, and costs more than the rest of the line. */
    private volatile Minute minute = new Minute(-1, "");

    AccessLog(@Nullable Logger logger, Clock clock) {
        this.logger = logger;
        this.clock = clock;
    }

    static AccessLog on() {
        return new AccessLog(LoggerFactory.getLogger("cruddur.access"), Clock.system(ZoneId.systemDefault()));
    }

    static AccessLog off() {
        return new AccessLog(null, Clock.system(ZoneId.systemDefault()));
    }

    /**
     * Writes the line.
     *
     * @param bytes the length of the answer's body; -1 when it is not known
     */
    void write(RequestFacts request, int status, long bytes, long durationNanos) {
        Level level = status >= 500 ? Level.ERROR : status >= 400 ? Level.WARN : Level.INFO;
        if (logger == null || !logger.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder line = logger.atLevel(level)
                .addKeyValue("method", request.method())
                .addKeyValue("path", request.target())
                .addKeyValue("status", status)
                .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMicros(durationNanos) / 1_000.0)
                .addKeyValue("remoteAddress", request.clientAddress());
        if (request.userAgent() != null) {
            line = line.addKeyValue("userAgent", request.userAgent());
        }
        if (bytes >= 0) {
            line = line.addKeyValue("bytes", bytes);
        }
        line.log(text(request, status));
    }

    private String text(RequestFacts request, int status) {
        return '[' + time() + "] " + request.clientAddress() + ' ' + request.method() + ' ' + request.scheme() + ' '
                + request.target() + ' ' + status;
    }

    private String time() {
        Minute last = minute;
        long now = TimeUnit.MILLISECONDS.toMinutes(clock.millis());
        if (last.epochMinute != now) {
            Instant start = Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(now));
            minute = last = new Minute(now, TIME.format(start.atZone(clock.getZone())));
        }
        return last.text;
    }
}
