package io.cruddur.backend.activity;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a crud lives, in the words of the front end. */
final class Ttl {
    private static final Map<String, Duration> VALUES = Map.of(
            "30-days", Duration.ofDays(30),
            "7-days", Duration.ofDays(7),
            "3-days", Duration.ofDays(3),
            "1-day", Duration.ofDays(1),
            "12-hours", Duration.ofHours(12),
            "3-hours", Duration.ofHours(3),
            "1-hour", Duration.ofHours(1));

    private Ttl() {}

    static boolean isOne(@Nullable String ttl) {
        return ttl != null && VALUES.containsKey(ttl);
    }

    /** @throws IllegalArgumentException if it is none */
    static Duration of(@Nullable String ttl) {
        Duration value = ttl == null ? null : VALUES.get(ttl);
        if (value == null) {
            throw new IllegalArgumentException("A time to live is one of " + VALUES.keySet() + "; it was " + ttl);
        }
        return value;
    }
}
