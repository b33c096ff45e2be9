package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a flush waits for. */
class LedgerTest {
    private final AtomicLong queued = new AtomicLong();
    private final Ledger ledger = new Ledger(queued::get);

    @Test
    void whatADeadProcessLeftDoesNotStandForTheApplicationsOwn() {
        queued.set(1);
        Ledger.Mark flush = ledger.mark();
        ledger.adopted(1_000);
        ledger.adoptedSettled(1_000);
        ledger.delivered(999);
        ledger.lost("expired", 1);
        assertThat(ledger.isSettled(flush)).isFalse();
        ledger.delivered(1);
        assertThat(ledger.isSettled(flush)).isTrue();
    }

    @Test
    void whatWasTakenOverBeforeIsWaitedForToo() {
        ledger.adopted(2);
        Ledger.Mark flush = ledger.mark();
        queued.set(2);
        ledger.delivered(2);
        assertThat(ledger.isSettled(flush)).isFalse();
        ledger.adoptedSettled(2);
        ledger.delivered(2);
        assertThat(ledger.isSettled(flush)).isTrue();
    }

    @Test
    void oneThatWasPutBehindTheOwnIsOneOfThem() {
        ledger.adopted(1);
        Ledger.Mark before = ledger.mark();
        ledger.adoptedBecameOwn();
        Ledger.Mark after = ledger.mark();
        assertThat(ledger.isSettled(before)).isTrue();
        assertThat(ledger.isSettled(after)).isFalse();
        ledger.delivered(1);
        assertThat(ledger.isSettled(after)).isTrue();
    }
}
