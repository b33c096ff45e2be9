package io.cruddur.obs.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each request: {@code [2026-Nov-22 16:00] 203.0.113.9 GET http /search?term= 200}, and its parts as
 * key-values. For {@link ObsFilter}, and for adapters to servers without servlets. Thread-safe.
 */
public final class AccessLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MMM-dd HH:mm", Locale.ENGLISH);

    /** What a line tells of its request. Nothing here has control characters, or the value of a parameter. */
    public interface Request {
        /** The method, or {@code _OTHER}. */
        String method();

        /** {@code http} or {@code https}. */
        String scheme();

        /** The path and the names of the query. */
        String target();

        /** The client's address, by the trust rule. */
        String clientAddress();

        /** The client's own words about itself; null without any. */
        @Nullable String userAgent();
    }

    private record Minute(long epochMinute, String text) {}

    private final AccessLogOptions options;
    private final Logger logger;
    private final Clock clock;
    /** The text is the same for a minute, and costs more than the rest of the line. */
    private volatile Minute minute = new Minute(-1, "");

    /** A log that is set up by the given code. */
    public static AccessLog of(Consumer<AccessLogOptions> setUp) {
        var options = new AccessLogOptions();
        setUp.accept(options);
        return of(options);
    }

    static AccessLog of(AccessLogOptions options) {
        return new AccessLog(options, Clock.system(ZoneId.systemDefault()));
    }

    AccessLog(AccessLogOptions options, Clock clock) {
        this.options = options;
        this.logger = LoggerFactory.getLogger(options.logger);
        this.clock = clock;
    }

    /** Whether the request may have a line; asked at its beginning, while its path is there for sure. */
    boolean covers(HttpServletRequest request) {
        return options.on && !options.excluded.match(request);
    }

    /** The same of a path within the application that is decoded already. */
    public boolean covers(String path) {
        return options.on && !options.excluded.match(path);
    }

    /**
     * Writes the line, for a request that is covered.
     *
     * @param status of its answer; 500 for what the application threw
     * @param durationNanos until its answer was complete
     * @param route the template that the framework matched, if it tells
     * @param bytes the length of the answer's body; -1 when it is not known
     * @param errorUuid under which its failure is reported; null if it is not
     */
    public void write(
            Request facts,
            @Nullable String route,
            int status,
            long bytes,
            long durationNanos,
            @Nullable String errorUuid) {
        Level level = level(status);
        if (!logger.isEnabledForLevel(level) || !isChosen(status, durationNanos)) {
            return;
        }
        String target = facts.target();
        LoggingEventBuilder line = logger.atLevel(level)
                .addKeyValue("method", facts.method())
                .addKeyValue("path", target)
                .addKeyValue("status", status)
                .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMicros(durationNanos) / 1_000.0)
                .addKeyValue("remoteAddress", facts.clientAddress());
        if (route != null) {
            line = line.addKeyValue("route", route);
        }
        String userAgent = facts.userAgent();
        if (userAgent != null) {
            line = line.addKeyValue("userAgent", userAgent);
        }
        if (bytes >= 0) {
            line = line.addKeyValue("bytes", bytes);
        }
        if (errorUuid != null) {
            line = line.addKeyValue("errorUuid", errorUuid);
        }
        line.log(text(facts, target, status));
    }

    private Level level(int status) {
        if (options.level != null) {
            return options.level;
        }
        return status >= 500 ? Level.ERROR : status >= 400 ? Level.WARN : Level.INFO;
    }

    /** What went wrong or took long is never left out. */
    private boolean isChosen(int status, long durationNanos) {
        return options.share == 1
                || status >= 400
                || durationNanos >= options.slowNanos
                || ThreadLocalRandom.current().nextDouble() < options.share;
    }

    private String text(Request request, String target, int status) {
        return '[' + time() + "] " + request.clientAddress() + ' ' + request.method() + ' ' + request.scheme() + ' '
                + target + ' ' + status;
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
