package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservoirTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, 5 * SECOND, -5 * SECOND, Long.MIN_VALUE, Long.MAX_VALUE - SECOND})
    void takesItsShareInEachSecondWhereverTheClockBegan(long start) {
        var reservoir = new Reservoir();
        assertThat(taken(reservoir, 100, 3, start)).isEqualTo(3);
        assertThat(taken(reservoir, 100, 3, start + SECOND)).isEqualTo(3);
    }

    @Test
    void aReservoirOfNothingHasNothing() {
        assertThat(new Reservoir().tryTake(0, 0)).isFalse();
        assertThat(new Reservoir().tryTake(-1, 0)).isFalse();
    }

    @Test
    void whoReadTheClockBeforeTheSecondsEndDoesNotOpenItAgain() {
        var reservoir = new Reservoir();
        assertThat(taken(reservoir, 10, 3, 2 * SECOND)).isEqualTo(3);
        assertThat(reservoir.tryTake(3, 2 * SECOND - 1)).isFalse();
        assertThat(reservoir.tryTake(3, 2 * SECOND + 1)).isFalse();
    }

    @Test
    void eightThreadsGetNoMoreThanItHas() throws InterruptedException {
        var reservoir = new Reservoir();
        var clock = new AtomicLong();
        int seconds = 50;
        int perSecond = 100;
        var taken = new AtomicInteger[seconds];
        for (int i = 0; i < seconds; i++) {
            taken[i] = new AtomicInteger();
        }
        var begin = new CountDownLatch(1);
        Thread[] threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    await(begin);
                    for (int call = 0; call < 10_000; call++) {
                        // Some threads are late: the clock has gone on since they read it.
                        long now = clock.addAndGet(seconds * SECOND / 80_000 - 1);
                        if (reservoir.tryTake(perSecond, now)) {
                            taken[(int) (now / SECOND)].incrementAndGet();
                        }
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.start();
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        int sum = IntStream.range(0, seconds).map(i -> taken[i].get()).sum();
        assertThat(sum).isLessThanOrEqualTo(seconds * perSecond).isGreaterThan(seconds * perSecond / 2);
    }

    @Test
    void soManyASecondRecordsThatMany() {
        Sampler sampler = Sampler.perSecond(100);
        long before = System.nanoTime() / SECOND;
        long sampled = IntStream.range(0, 10_000)
                .filter(i -> sampler.sample("any", null).sampled())
                .count();
        long seconds = System.nanoTime() / SECOND - before + 1;
        assertThat(sampled).isBetween(100L, 100 * seconds);
        assertThatThrownBy(() -> Sampler.perSecond(-1)).hasMessageContaining("0 or more");
    }

    private static long taken(Reservoir reservoir, int tries, int perSecond, long nowNanos) {
        return IntStream.range(0, tries)
                .filter(i -> reservoir.tryTake(perSecond, nowNanos))
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
