package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final int SAMPLES = 2_000;

    /** What a new back-off says at that attempt, again and again. */
    private static long[] millisAt(int attempt) {
        return LongStream.range(0, SAMPLES)
                .map(i -> {
                    var backoff = new Backoff();
                    long nanos = 0;
                    for (int done = 0; done < attempt; done++) {
                        nanos = backoff.nextNanos();
                    }
                    return TimeUnit.NANOSECONDS.toMillis(nanos);
                })
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "8, 12800", "9, 25600", "10, 30000", "11, 30000", "100, 30000"})
    void eachWaitLiesBetweenHalfAndAllOfItsDoublingCeiling(int attempt, long ceiling) {
        assertThat(LongStream.of(millisAt(attempt))).allMatch(millis -> millis >= ceiling / 2 && millis <= ceiling);
    }

    @Test
    void instancesDoNotComeBackInStep() {
        long[] waits = millisAt(10);

        // Of 2000 draws, none in a tenth of the range has a chance of 1 to 10^91.
        for (long from = 15_000; from < 30_000; from += 1_500) {
            long least = from;
            assertThat(LongStream.of(waits).anyMatch(millis -> millis >= least && millis <= least + 1_500))
                    .as("a wait of " + from + " ms and a little more")
                    .isTrue();
        }
    }

    @Test
    void itBeginsAgainAfterASuccess() {
        var backoff = new Backoff();
        LongStream.range(0, 50).forEach(i -> assertThat(backoff.nextNanos()).isPositive());
        backoff.reset();

        assertThat(backoff.nextNanos()).isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }
}
