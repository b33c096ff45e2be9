package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockTest {
    /** What the milliseconds cannot show. */
    private static final long TOLERATED_MICROS = 2_000;

    private static long exactMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Test
    void itAgreesWithTheWallClock() {
        for (int i = 0; i < 10_000; i++) {
            long before = exactMicros();
            long reckoned = Clock.epochMicros(System.nanoTime());
            long after = exactMicros();
            assertThat(reckoned).isBetween(before - TOLERATED_MICROS, after + TOLERATED_MICROS);
        }
    }

    @Test
    void afterASleepOfTheMachineItIsReadAnew() {
        // As if the monotonic clock had stood still for an hour, or somebody had set the wall clock.
        long stale = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
        long before = exactMicros();
        assertThat(Clock.epochMicros(stale)).isBetween(before - TOLERATED_MICROS, exactMicros() + TOLERATED_MICROS);
    }
}
