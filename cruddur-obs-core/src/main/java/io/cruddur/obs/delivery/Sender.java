package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes batches from the backlog, sends them and settles them by what the service says. Used by one thread. */
final class Sender<E extends Envelope> {
    /** Nothing is due. */
    static final long IDLE = Long.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    /** A service may ask for a longer wait than is good for us, by mistake or in malice. */
    private static final long LONGEST_ASKED_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String RETRY_DEADLINE = "retry_deadline";
    private static final int MAX_REMEMBERED = 1_000;

    private final Sink<?, E> sink;
    private final Backlog<E> backlog;
    private final Ledger ledger;
    private final Settlement settlement;
    private final Wishes wishes;
    private final long retryNanos;
    private final boolean hasStore;
    private final Backoff backoff = new Backoff();
    private final RateLimitedLog retryLog = new RateLimitedLog(LOG);
    private final RateLimitedLog credentialsLog = new RateLimitedLog(LOG);
    private final RateLimitedLog lossLog = new RateLimitedLog(LOG);
    /** The batch that is in flight, in the pieces in which it is sent. */
    private final Deque<List<E>> pieces = new ArrayDeque<>();
    /** Records that were put behind the others, and how many were delivered until then. */
    private final Map<Object, Long> putBehind = new HashMap<>();

    private long deadlineNanos;
    private long waitUntilNanos;
    private boolean waiting;

    Sender(
            Sink<?, E> sink,
            Backlog<E> backlog,
            Ledger ledger,
            Wishes wishes,
            Duration retryDeadline,
            boolean hasStore) {
        this.sink = sink;
        this.backlog = backlog;
        this.ledger = ledger;
        this.settlement = new Settlement(ledger);
        this.wishes = wishes;
        this.retryNanos = retryDeadline.toNanos();
        this.hasStore = hasStore;
    }

    /** Does what is due now. Returns how long nothing will be, in nanoseconds; 0 if there may be more to do at once. */
    long step() {
        if (waiting) {
            long left = waitUntilNanos - System.nanoTime();
            if (left > 0 && !wishes.endsWait()) {
                return left;
            }
            waiting = false;
        }
        if (pieces.isEmpty()) {
            List<E> batch = backlog.take(System.nanoTime(), wishes.isUrgent());
            if (batch == null) {
                return IDLE;
            }
            begin(batch);
        }
        send(pieces.getFirst());
        return 0;
    }

    private void begin(List<E> piece) {
        pieces.addFirst(piece);
        deadlineNanos = System.nanoTime() + retryNanos;
        backoff.reset();
    }

    private void send(List<E> piece) {
        List<E> sent = inOrderOfTime(piece);
        Answer answer = attempt(sent);
        if (answer instanceof Answer.Delivered delivered) {
            backlog.failing(false, System.nanoTime());
            settle(piece, () -> settlement.delivered(piece, sent, delivered.rejected()));
            if (!delivered.rejected().isEmpty()) {
                ledger.failed(delivered.rejected().values().iterator().next());
                lossLog.warn(delivered.rejected().size() + " records for " + sink.name() + " are lost: "
                        + Set.copyOf(delivered.rejected().values()));
            }
        } else if (answer instanceof Answer.Refused refused) {
            refused(piece, refused.reason());
        } else if (answer instanceof Answer.Retry retry) {
            retry(piece, retry);
        } else {
            unauthorized((Answer.Unauthorized) answer);
        }
    }

    private Answer attempt(List<E> batch) {
        try {
            return sink.send(batch);
        } catch (InterruptedException e) {
            return Answer.unreachable("interrupted");
        } catch (Throwable e) {
            // Errors too: a class that is missing must not cost the records that wait behind it.
            return Answer.unreachable(Failures.nameOf(e));
        }
    }

    /** Clocks jump, and threads overtake each other between the clock and the queue. */
    static <E extends Envelope> List<E> inOrderOfTime(List<E> batch) {
        long last = Long.MIN_VALUE;
        for (E envelope : batch) {
            if (envelope.timestampMillis() < last) {
                var sorted = new ArrayList<>(batch);
                sorted.sort(Comparator.comparingLong(Envelope::timestampMillis));
                return sorted;
            }
            last = envelope.timestampMillis();
        }
        return batch;
    }

    /** Whatever happens on the way, it is not sent again. */
    private void settle(List<E> piece, Runnable count) {
        pieces.removeFirst();
        if (!putBehind.isEmpty()) {
            piece.forEach(envelope -> putBehind.remove(envelope.id()));
        }
        backlog.settled(piece.size(), count);
        if (!pieces.isEmpty()) {
            begin(pieces.removeFirst());
        }
    }

    private void refused(List<E> piece, String reason) {
        if (piece.size() > 1) {
            halve(piece);
            return;
        }
        ledger.failed(reason);
        settle(piece, () -> settlement.lost(piece, reason));
        lossLog.warn(sink.name() + " refused a record, which is lost: " + reason);
    }

    /** A batch is always a run of the backlog's head: it is halved there and settled in order. */
    private void halve(List<E> piece) {
        int middle = piece.size() / 2;
        pieces.removeFirst();
        pieces.addFirst(piece.subList(middle, piece.size()));
        begin(piece.subList(0, middle));
    }

    private void retry(List<E> piece, Answer.Retry retry) {
        // When the time is up nothing is tried again: what was interrupted then tells nothing, and hides what went
        // before.
        if (!wishes.isTimeUp()) {
            ledger.failed(retry.reason());
            retryLog.warn("Delivery to " + sink.name() + " is being retried: " + retry.reason());
        }
        long asked = Math.min(LONGEST_ASKED_NANOS, retry.after().toNanos());
        long waitNanos = Math.max(backoff.nextNanos(), asked);
        backlog.failing(true, System.nanoTime());
        if (System.nanoTime() + waitNanos - deadlineNanos > 0) {
            outOfTime(piece, retry.mayBeTheBatch());
        }
        pause(waitNanos);
    }

    /**
     * What is in memory alone cannot wait for ever. What has a store can, but a record that a service stumbles over each
     * time must not hold up the others: it is found by halving and goes behind them, and is lost if it fails again while
     * they did not. A part of a record stays: it would come after its neighbours.
     */
    private void outOfTime(List<E> piece, boolean mayBeTheBatch) {
        if (!hasStore) {
            settle(piece, () -> settlement.lost(piece, RETRY_DEADLINE));
        } else if (!mayBeTheBatch) {
            // It is the way that is broken, or the service: their order is kept until it is there again.
            deadlineNanos = System.nanoTime() + retryNanos;
        } else if (piece.size() > 1) {
            halve(piece);
        } else {
            putBehind(piece);
        }
    }

    private void putBehind(List<E> piece) {
        E only = piece.get(0);
        Object id = only.id();
        Long deliveredBefore = putBehind.get(id);
        boolean isWhole = only.endsRecord() && !settlement.isInsideARecord();
        if (deliveredBefore != null && ledger.deliveredSoFar() > deliveredBefore) {
            settle(piece, () -> settlement.lost(piece, RETRY_DEADLINE));
        } else if (isWhole && putBehind.size() < MAX_REMEMBERED && backlog.requeue(System.nanoTime())) {
            putBehind.putIfAbsent(id, ledger.deliveredSoFar());
            pieces.removeFirst();
        }
        deadlineNanos = System.nanoTime() + retryNanos;
    }

    private void unauthorized(Answer.Unauthorized answer) {
        ledger.failed(answer.reason());
        credentialsLog.warn(sink.name() + " refuses our credentials (" + answer.reason() + "); records are kept. "
                + answer.advice());
        backlog.failing(true, System.nanoTime());
        // A person has to act, and may take longer than any deadline of ours: it begins again.
        deadlineNanos = System.nanoTime() + PROBE_NANOS + retryNanos;
        pause(PROBE_NANOS);
    }

    private void pause(long nanos) {
        wishes.waitBegins();
        waitUntilNanos = System.nanoTime() + wishes.atMost(nanos);
        waiting = true;
    }
}
