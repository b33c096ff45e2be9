package io.cruddur.backend.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as text that sorts as they do: ISO 8601 in UTC, with all six digits of the microseconds. */
final class MessageTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private MessageTime() {}

    static String now() {
        return FORM.format(Instant.now());
    }

    /** Now, or just after the last one if the clock has not moved on. */
    static String after(String last) {
        Instant next = Instant.parse(last).plus(1, ChronoUnit.MICROS);
        Instant now = Instant.now();
        return FORM.format(now.isAfter(next) ? now : next);
    }
}
