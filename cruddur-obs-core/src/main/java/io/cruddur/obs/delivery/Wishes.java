package io.cruddur.obs.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What others want of a sink's threads: that something goes at once, or that they come to an end. Thread-safe. */
final class Wishes {
    /** With the end near, a service's wish for a longer wait counts less than what would be lost. */
    private static final long LAST_WAITS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Ledger ledger;
    private final AtomicLong flushTarget = new AtomicLong();
    private volatile boolean cutBackoffShort;
    private volatile boolean finishing;
    private volatile long finishDeadlineNanos;

    Wishes(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Asks for everything taken up to this count to go now: no linger, and no rest of a back-off. */
    void flushUpTo(long taken) {
        flushTarget.accumulateAndGet(taken, Math::max);
        cutBackoffShort = true;
    }

    void finishBy(long deadlineNanos) {
        finishDeadlineNanos = deadlineNanos;
        finishing = true;
        cutBackoffShort = true;
    }

    boolean isFinishing() {
        return finishing;
    }

    boolean isTimeUp() {
        return finishing && System.nanoTime() - finishDeadlineNanos >= 0;
    }

    /** Whether nothing should wait for company. */
    boolean isUrgent() {
        return finishing || ledger.settledSoFar() < flushTarget.get();
    }

    /** Called where a wait begins: a flush that met none is over. */
    void waitBegins() {
        if (!isUrgent()) {
            cutBackoffShort = false;
        }
    }

    /** Whether the wait that is under way should end now; says so once. */
    boolean endsWait() {
        boolean ends = cutBackoffShort;
        cutBackoffShort = false;
        return ends;
    }

    long atMost(long waitNanos) {
        return finishing ? Math.min(waitNanos, LAST_WAITS_NANOS) : waitNanos;
    }
}
