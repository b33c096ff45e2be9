package io.cruddur.obs.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.SpanIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By a clock of the test's own. */
class StormsTest {
    private static final int LIMIT = 60;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long KEY = 7;

    private final Storms storms = new Storms(LIMIT, Duration.ofMinutes(1));
    private final List<Long> sentAt = new ArrayList<>();
    private final List<ErrorRecord> told = new ArrayList<>();

    private void report(long key, long now) {
        String uuid = storms.fold(key, now, millis(now));
        if (uuid == null) {
            sentAt.add(now);
        } else if (storms.needsSample(key)) {
            storms.sample(key, record());
        }
    }

    private void tick(long now) {
        storms.due(now).forEach(item -> {
            sentAt.add(now);
            told.add(item);
        });
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static ErrorRecord record() {
        return new ErrorRecord(
                "of the sample",
                0,
                "error",
                null,
                "what happened",
                null,
                false,
                Map.of(),
                null,
                null,
                null,
                null,
                "main",
                List.of(),
                new SpanIds(0, 0, 0),
                false,
                null);
    }

    private static long count(ErrorRecord item) {
        return item.folded() == null ? 0 : item.folded().count();
    }

    private long folded() {
        return told.stream().mapToLong(StormsTest::count).sum();
    }

    @Test
    void sixtyAreSentAndTheOthersOfTheMinuteAreToldOfInOneItem() {
        for (int i = 0; i < 10_000; i++) {
            report(KEY, i);
        }
        assertThat(sentAt).hasSize(LIMIT);
        assertThat(storms.waiting()).isEqualTo(10_000 - LIMIT);
        tick(MINUTE - 1);
        assertThat(told).isEmpty();

        tick(MINUTE + 10_000);

        assertThat(told).singleElement().satisfies(item -> {
            assertThat(count(item)).isEqualTo(10_000 - LIMIT);
            assertThat(item.uuid()).isNotEqualTo("of the sample");
        });
        assertThat(storms.waiting()).isZero();
    }

    @Test
    void whatIsFoldedIsToldOfUnderTheIdThatItWasGiven() {
        for (int i = 0; i < LIMIT; i++) {
            report(KEY, i);
        }
        String promised = storms.fold(KEY, LIMIT, 0);
        storms.sample(KEY, record());
        assertThat(promised).isNotNull();

        tick(2 * MINUTE);

        assertThat(told).extracting(ErrorRecord::uuid).containsExactly(promised);
    }

    @Test
    void whileTheStormGoesOnThereIsOneItemAMinute() {
        long reports = 0;
        for (long second = 0; second < 600; second++) {
            for (int i = 0; i < 100; i++) {
                report(KEY, TimeUnit.SECONDS.toNanos(second) + i);
                reports++;
            }
            tick(TimeUnit.SECONDS.toNanos(second) + 500);
        }
        tick(TimeUnit.SECONDS.toNanos(700));

        assertThat(told).hasSizeBetween(9, 11);
        assertThat(folded() + LIMIT).isEqualTo(reports);
    }

    @Test
    void afterAMinuteThatWasCalmEachIsSentAgain() {
        for (int i = 0; i < 1_000; i++) {
            report(KEY, i);
        }
        tick(MINUTE + 1_000);
        report(KEY, MINUTE + 2_000);
        tick(2 * MINUTE + 3_000);
        assertThat(told).extracting(StormsTest::count).containsExactly(940L, 1L);
        int before = sentAt.size();

        report(KEY, 2 * MINUTE + 4_000);

        assertThat(sentAt).hasSize(before + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inNoSixtySecondsThereAreMoreThanSixtyOneItemsAndNothingIsUncounted(long seed) {
        var random = new Random(seed);
        long now = 0;
        long reports = 0;
        for (int i = 0; i < 20_000; i++) {
            now += (long) (random.nextDouble() * (i / 2_000 % 2 == 0 ? 10_000_000L : 2_000_000_000L));
            report(KEY, now);
            reports++;
            if (random.nextInt(5) == 0) {
                tick(now);
            }
        }
        tick(now + 3 * MINUTE);
        assertThat(sentAt.size() - told.size() + folded()).as("seed %d", seed).isEqualTo(reports);
        for (int i = LIMIT + 1; i < sentAt.size(); i++) {
            assertThat(sentAt.get(i) - sentAt.get(i - LIMIT - 1))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(MINUTE);
        }
    }

    @Test
    void moreKeysThanAreKeptLoseNoCount() {
        Map<Long, Integer> sent = new HashMap<>();
        for (long key = 0; key < 3_000; key++) {
            for (int i = 0; i < LIMIT + 2; i++) {
                report(key, i);
            }
            sent.put(key, LIMIT);
        }
        told.addAll(storms.all());
        assertThat(folded()).isEqualTo(2L * 3_000);
        assertThat(new HashSet<>(told.stream().map(ErrorRecord::uuid).toList())).hasSize(3_000);
    }

    @Test
    void aStormThatMadeRoomIsNotFoldedWithUnseen() {
        long reported = 200;
        for (int i = 0; i < reported; i++) {
            storms.read(1, KEY, 0);
            report(KEY, i);
        }
        long spent = TimeUnit.MILLISECONDS.toNanos(1);
        storms.read(1, KEY, spent);
        assertThat(storms.foldUnread(1, 1_000, 0)).isNotNull();
        reported++;

        for (long other = 100; other < 1_300; other++) {
            report(other, 2_000);
            reported++;
        }
        for (int i = 0; i < 500; i++) {
            if (storms.foldUnread(1, 3_000, 0) == null) {
                report(KEY, 3_000);
            }
            reported++;
        }
        told.addAll(storms.all());
        assertThat(sentAt.size() + folded()).isEqualTo(reported);
        assertThat(storms.waiting()).isZero();
    }

    @Test
    void oneOfWhichNobodyHasSaidYetWhatItIsDoesNotMakeRoom() {
        for (int i = 0; i < LIMIT; i++) {
            storms.fold(KEY, 0, 0);
        }
        assertThat(storms.fold(KEY, 0, 0)).isNotNull();
        for (long other = 100; other < 1_300; other++) {
            report(other, 1);
        }
        storms.sample(KEY, record());
        told.addAll(storms.all());
        assertThat(folded()).isEqualTo(1);
    }

    @Test
    void inAStormTheStacksOfItsKindAreReadOnlyForAHundredthOfTheTime() {
        for (int i = 0; i <= LIMIT; i++) {
            storms.read(1, KEY, 0);
            report(KEY, i);
        }
        assertThat(storms.foldUnread(1, 1_000, 0))
                .as("there is time to look at it")
                .isNull();
        storms.read(1, KEY, TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(storms.foldUnread(1, 2_000, 0))
                .as("no more in this tenth of a second")
                .isNotNull();
        assertThat(storms.foldUnread(2, 2_000, 0)).as("another kind").isNull();
        assertThat(storms.foldUnread(1, System.nanoTime() + MINUTE, 0)).isNull();
    }

    @Test
    void aKindOfWhichThereAreFewIsAlwaysLookedAt() {
        storms.read(1, KEY, TimeUnit.SECONDS.toNanos(1));
        report(KEY, 0);
        assertThat(storms.foldUnread(1, 1, 0)).isNull();
    }
}
