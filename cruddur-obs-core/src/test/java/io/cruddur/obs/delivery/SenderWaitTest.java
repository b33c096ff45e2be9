package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a service is left alone after it has said that it cannot just now. */
class SenderWaitTest {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final ScriptedSink sink = new ScriptedSink();
    private final Ledger ledger = new Ledger(() -> 1);
    private final Wishes wishes = new Wishes(ledger);
    private final Sender<EncodedRecord> sender;

    SenderWaitTest() {
        var backlog = new Backlog<EncodedRecord>(ledger, sink.limits(), 1 << 20, Duration.ofSeconds(1), null, false);
        byte[] text = "waits".getBytes(StandardCharsets.UTF_8);
        backlog.add(List.of(new EncodedRecord(UUID.randomUUID(), 0, Severity.INFO, true, text)), System.nanoTime());
        sender = new Sender<>(sink, backlog, ledger, wishes, Duration.ofDays(1), false);
    }

    /** The wait after an attempt that is answered so; the one before it is cut short. */
    private Duration waitAfter(Duration asked) {
        sink.otherwise = batch -> Answer.Retry.throttled("throttled", asked);
        wishes.flushUpTo(Ledger.Mark.START);
        assertThat(sender.step()).as("an attempt").isZero();
        return Duration.ofNanos(sender.step());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5M1S", "PT6H", "P11D"})
    void aLongerWaitThanFiveMinutesIsNotBelieved(Duration asked) {
        assertThat(waitAfter(asked)).isBetween(LONGEST.minusMinutes(1), LONGEST);
    }

    @Test
    void whatTheServiceAsksForIsWaitedFor() {
        Duration asked = Duration.ofMinutes(3);

        assertThat(waitAfter(asked)).isBetween(asked.minusMinutes(1), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.001S", "PT-1H"})
    void aShorterWaitThanTheBackoffDoesNotShortenIt(Duration asked) {
        for (int attempt = 1; attempt <= 12; attempt++) {
            long begin = System.nanoTime();
            Duration left = waitAfter(asked);
            // All of a short wait may have passed already, where this thread was kept from going on.
            Duration wait = left.plusNanos(System.nanoTime() - begin);
            assertThat(left).isLessThanOrEqualTo(Duration.ofSeconds(30));
            assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(Math.min(15_000, 50L << (attempt - 1))));
        }
    }
}
