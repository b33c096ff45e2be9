package io.cruddur.obs.delivery;

import java.util.concurrent.TimeUnit;

/**
 * What others want of a sink's threads: that something goes at once, or that they come to an end. Thread-safe. A lock is
 * taken where a wish is made or a wait begins or ends, and never where a record is offered.
 */
final class Wishes {
    /** With the end near, a service's wish for a longer wait counts less than what would be lost. */
    private static final long LAST_WAITS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Ledger ledger;
    private volatile Ledger.Mark flushTarget = Ledger.Mark.START;
    /** Looked at and taken back in one step: a wish that comes in between would be lost. */
    private boolean cutBackoffShort;

    private volatile boolean finishing;
    private volatile long finishDeadlineNanos;

    Wishes(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Asks for everything taken up to this mark to go now: no linger, and no rest of a back-off. */
    synchronized void flushUpTo(Ledger.Mark taken) {
        flushTarget = flushTarget.orLater(taken);
        cutBackoffShort = true;
    }

    synchronized void finishBy(long deadlineNanos) {
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
        return finishing || !ledger.isSettled(flushTarget);
    }

    /** Called where a wait begins: a flush that met none is over. */
    synchronized void waitBegins() {
        if (!isUrgent()) {
            cutBackoffShort = false;
        }
    }

    /** Whether the wait that is under way should end now; says so once. */
    synchronized boolean endsWait() {
        boolean ends = cutBackoffShort;
        cutBackoffShort = false;
        return ends;
    }

    long atMost(long waitNanos) {
        return finishing ? Math.min(waitNanos, LAST_WAITS_NANOS) : waitNanos;
    }
}
