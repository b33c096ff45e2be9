package io.cruddur.obs.trace;

import java.time.Instant;

/** The wall clock in the unit of segment documents. */
final class Clock {
    private Clock() {}

    static long epochMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
