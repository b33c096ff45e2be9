package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WishesTest {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int FLUSHES = 5_000;
    /** Where others use the processors too there are as many as that allows. */
    private static final long ENOUGH_NANOS = Duration.ofSeconds(3).toNanos();

    private final Ledger ledger = new Ledger(() -> FLUSHES);
    private final Wishes wishes = new Wishes(ledger);

    private static Ledger.Mark first(long records) {
        return new Ledger.Mark(records, 0);
    }

    @Test
    void aFlushEndsOneWait() {
        wishes.flushUpTo(first(1));
        wishes.waitBegins();
        assertThat(wishes.endsWait()).isTrue();
        assertThat(wishes.endsWait()).isFalse();
    }

    @Test
    void aFlushThatFoundAllSettledEndsNoLaterWait() {
        wishes.flushUpTo(first(1));
        ledger.delivered(1);
        wishes.waitBegins();
        assertThat(wishes.endsWait()).isFalse();
    }

    @Test
    void theEndCutsAWaitShortAndEveryLaterOne() {
        wishes.finishBy(System.nanoTime());
        wishes.waitBegins();
        assertThat(wishes.endsWait()).isTrue();
        assertThat(wishes.atMost(Duration.ofMinutes(4).toNanos()))
                .isLessThan(Duration.ofSeconds(1).toNanos());
    }

    /** The sender asks for the end of a wait, or begins others too, all the while: a flush may come at any point of that. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFlushThatComesWhileTheSenderLooksIsNotLost(boolean begins) throws InterruptedException {
        var stop = new AtomicBoolean();
        var ended = new AtomicInteger();
        var sender = new Thread(() -> {
            while (!stop.get()) {
                if (begins) {
                    wishes.waitBegins();
                }
                if (wishes.endsWait()) {
                    ledger.delivered(1);
                    ended.incrementAndGet();
                }
            }
        });
        sender.start();
        int flushes = 0;
        long enough = System.nanoTime() + ENOUGH_NANOS;
        while (flushes == ended.get() && flushes < FLUSHES && System.nanoTime() - enough < 0) {
            long end = System.nanoTime() + PATIENCE_NANOS;
            wishes.flushUpTo(first(++flushes));
            while (ended.get() < flushes && System.nanoTime() - end < 0) {
                Thread.yield();
            }
        }
        stop.set(true);
        sender.join();
        assertThat(ended).hasPositiveValue().hasValue(flushes);
    }
}
