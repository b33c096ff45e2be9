package io.cruddur.obs.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How long a service asks to be left alone. */
public final class RetryAfter {
    private RetryAfter() {}

    /** What {@code Retry-After} says, in seconds or as a date; zero where it says nothing, or nothing that can be read. */
    public static Duration of(HttpHeaders headers, Clock clock) {
        return headers.firstValue("Retry-After")
                .map(text -> wait(text.strip(), clock))
                .orElse(Duration.ZERO);
    }

    private static Duration wait(String text, Clock clock) {
        if (text.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
