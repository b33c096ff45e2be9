package io.cruddur.obs.console.internal.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Points in time as microseconds since the epoch, which is as fine as the services' own formats go. */
public final class Micros {

    /** No time is known. */
    public static final long NONE = Long.MIN_VALUE;

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The end of the year 9999. */
    private static final double MAX_SECONDS = 253_402_300_799.0;

    private Micros() {}

    public static long now() {
        return of(Instant.now());
    }

    public static long ofMillis(long millis) {
        return TimeUnit.MILLISECONDS.toMicros(millis);
    }

    /** From seconds since the epoch with decimals, or {@link #NONE} if that is not a time of the years 1970 to 9999. */
    public static long ofSeconds(JsonNode seconds) {
        if (!seconds.isNumber()) return NONE;
        double value = seconds.asDouble(Double.NaN);
        return value >= 0 && value <= MAX_SECONDS ? Math.round(value * 1e6) : NONE;
    }

    /** From ISO 8601 with an offset or {@code Z}, or {@link #NONE} if the text is none. */
    public static long parse(@Nullable String text) {
        if (text == null || text.length() > 64) return NONE;
        try {
            return of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException unreadable) {
            return NONE;
        }
    }

    /** As ISO 8601 in UTC with microseconds; null for {@link #NONE}. */
    public static @Nullable String iso(long micros) {
        if (micros == NONE) return null;
        return ISO.format(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L));
    }

    private static long of(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                TimeUnit.NANOSECONDS.toMicros(instant.getNano()));
    }
}
