package io.cruddur.obs.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains, encodes, batches, sends, settles. One thread runs it; {@link #flushUpTo} and {@link #finishBy} come from others. */
final class Worker<R extends Weighted, E extends Envelope> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long SHORTEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(32);
    private static final long LAST_WAITS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A service may ask for a longer wait than is good for us, by mistake or in malice. */
    private static final long LONGEST_ASKED_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Sink<R, E> sink;
    private final PipelineSettings settings;
    private final Ledger ledger;
    private final Supplier<@Nullable R> queue;
    private final Runnable tick;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final Backoff backoff = new Backoff();

    /** What was drained and is not settled yet, oldest first. */
    private final List<E> hand = new ArrayList<>();

    private volatile int inHand;
    private long handBytes;
    private long handSinceNanos;
    private long parkNanos = SHORTEST_PARK_NANOS;
    private volatile long flushTarget;
    private volatile boolean cutBackoffShort;
    private volatile boolean finishing;
    private volatile long finishDeadlineNanos;

    Worker(Sink<R, E> sink, PipelineSettings settings, Ledger ledger, Supplier<@Nullable R> queue, Runnable tick) {
        this.sink = sink;
        this.settings = settings;
        this.ledger = ledger;
        this.queue = queue;
        this.tick = tick;
    }

    int inHand() {
        return inHand;
    }

    /** Asks for everything accepted up to this count to go now: no linger, and no rest of a back-off. */
    void flushUpTo(long accepted) {
        flushTarget = accepted;
        cutBackoffShort = true;
    }

    void finishBy(long deadlineNanos) {
        finishDeadlineNanos = deadlineNanos;
        finishing = true;
        cutBackoffShort = true;
    }

    @Override
    public void run() {
        boolean finished = false;
        while (!finished) {
            try {
                finished = finished();
                if (!finished) {
                    round();
                }
            } catch (Throwable e) {
                // Nothing may end this thread: what it holds is settled on a later round.
                log.warn("Delivery to " + sink.name() + " failed unexpectedly and goes on: " + nameOf(e));
                park(LONGEST_PARK_NANOS);
            }
        }
        giveUp();
        sink.close();
    }

    /** Without the message of anything but I/O: a library's complaint may repeat a secret that it was given. */
    private static String nameOf(Throwable e) {
        return e instanceof IOException ? e.toString() : e.getClass().getName();
    }

    private boolean finished() {
        return finishing && (timeIsUp() || (hand.isEmpty() && !fill()));
    }

    private boolean timeIsUp() {
        return System.nanoTime() - finishDeadlineNanos >= 0;
    }

    private void round() {
        tick.run();
        fill();
        if (hand.isEmpty()) {
            park(parkNanos);
            parkNanos = Math.min(parkNanos * 2, LONGEST_PARK_NANOS);
            return;
        }
        parkNanos = SHORTEST_PARK_NANOS;
        long waited = System.nanoTime() - handSinceNanos;
        boolean flushing = ledger.settledSoFar() < flushTarget;
        if (flushing || finishing || full() || waited >= sink.limits().linger().toNanos()) {
            deliver(nextBatch());
        } else {
            park(LONGEST_PARK_NANOS);
        }
    }

    /** Moves records from the queue into the hand until a batch is full. True if the hand holds anything after. */
    private boolean fill() {
        while (!full()) {
            R record = queue.get();
            if (record == null) {
                break;
            }
            // Counted in hand before it is encoded, so that it is never neither in the queue nor here.
            inHand = hand.size() + 1;
            encode(record);
            inHand = hand.size();
        }
        return !hand.isEmpty();
    }

    private void encode(R record) {
        try {
            sink.encode(record, this::hold);
        } catch (Throwable e) {
            ledger.lost("encode_failed", 1);
            log.warn("A record for " + sink.name() + " could not be encoded and is lost: " + nameOf(e));
        }
    }

    private void hold(E envelope) {
        if (hand.isEmpty()) {
            handSinceNanos = System.nanoTime();
        }
        hand.add(envelope);
        handBytes += size(envelope);
    }

    private long size(E envelope) {
        return envelope.size() + (long) sink.limits().overheadBytes();
    }

    private boolean full() {
        BatchLimits limits = sink.limits();
        return hand.size() >= limits.maxCount() || handBytes >= limits.maxBytes();
    }

    /** The longest run of the hand that one call may carry, in the order of time. */
    private List<E> nextBatch() {
        BatchLimits limits = sink.limits();
        hand.sort(Comparator.comparingLong(Envelope::timestampMillis));
        long latest = hand.get(0).timestampMillis() + limits.maxSpan().toMillis();
        long bytes = 0;
        int count = 0;
        for (E envelope : hand) {
            bytes += size(envelope);
            boolean fits = bytes <= limits.maxBytes() && envelope.timestampMillis() < latest;
            if (count == limits.maxCount() || (count > 0 && !fits)) {
                break;
            }
            count++;
        }
        return List.copyOf(hand.subList(0, count));
    }

    /** Sends until the batch is settled. False if the process ends first: then it stays in hand. */
    private boolean deliver(List<E> batch) {
        long deadline = System.nanoTime() + settings.retryDeadline().toNanos();
        backoff.reset();
        while (true) {
            Answer answer = attempt(batch);
            if (answer instanceof Answer.Delivered delivered) {
                ledger.delivered(batch.size() - delivered.rejected().size());
                delivered.rejected().values().forEach(reason -> ledger.lost(reason, 1));
                if (!delivered.rejected().isEmpty()) {
                    log.warn(delivered.rejected().size() + " records for " + sink.name() + " are lost: "
                            + Set.copyOf(delivered.rejected().values()));
                }
                return settle(batch);
            }
            if (answer instanceof Answer.Refused refused) {
                return refuse(batch, refused.reason());
            }
            long waitNanos;
            if (answer instanceof Answer.Retry retry) {
                log.warn("Delivery to " + sink.name() + " is being retried: " + retry.reason());
                waitNanos = Math.max(
                        backoff.nextNanos(),
                        Math.min(LONGEST_ASKED_NANOS, retry.after().toNanos()));
                if (System.nanoTime() + waitNanos - deadline > 0) {
                    ledger.lost("retry_deadline", batch.size());
                    return settle(batch);
                }
            } else {
                Answer.Unauthorized unauthorized = (Answer.Unauthorized) answer;
                log.warn(sink.name() + " refuses our credentials (" + unauthorized.reason() + "); records are kept. "
                        + unauthorized.advice());
                waitNanos = PROBE_NANOS;
                // A person has to act, and may take longer than any deadline of ours: it begins again.
                deadline =
                        System.nanoTime() + waitNanos + settings.retryDeadline().toNanos();
            }
            if (!pause(waitNanos)) {
                return false;
            }
        }
    }

    private Answer attempt(List<E> batch) {
        try {
            return sink.send(batch);
        } catch (InterruptedException e) {
            return Answer.retry("interrupted");
        } catch (Throwable e) {
            // Errors too: a class that is missing must not cost the records that wait behind it.
            return Answer.retry(nameOf(e));
        }
    }

    private boolean refuse(List<E> batch, String reason) {
        if (batch.size() == 1) {
            ledger.lost(reason, 1);
            log.warn(sink.name() + " refused a record, which is lost: " + reason);
            return settle(batch);
        }
        int middle = batch.size() / 2;
        return deliver(batch.subList(0, middle)) && deliver(batch.subList(middle, batch.size()));
    }

    /** A batch is always a run of the hand's head: batches are cut there and settled in order. */
    private boolean settle(List<E> batch) {
        for (E envelope : batch) {
            handBytes -= size(envelope);
        }
        hand.subList(0, batch.size()).clear();
        handSinceNanos = System.nanoTime();
        inHand = hand.size();
        return true;
    }

    /** Waits; a flush cuts it short. False when the process ends and no time is left to try again. */
    private boolean pause(long nanos) {
        if (!finishing && ledger.settledSoFar() >= flushTarget) {
            // Left by a flush that met no pause.
            cutBackoffShort = false;
        }
        // With the end near, a service's wish for a longer wait counts less than what would be lost.
        long until = System.nanoTime() + (finishing ? Math.min(nanos, LAST_WAITS_NANOS) : nanos);
        while (until - System.nanoTime() > 0 && !cutBackoffShort) {
            if (finishing && timeIsUp()) {
                return false;
            }
            tick.run();
            park(Math.min(LONGEST_PARK_NANOS, Math.max(1, until - System.nanoTime())));
        }
        cutBackoffShort = false;
        return !(finishing && timeIsUp());
    }

    private static void park(long nanos) {
        // An interrupt is not a way to end this thread, and a set flag would turn every park into a spin.
        Thread.interrupted();
        LockSupport.parkNanos(nanos);
    }

    private void giveUp() {
        long left = hand.size();
        while (queue.get() != null) {
            left++;
        }
        hand.clear();
        inHand = 0;
        if (left > 0) {
            ledger.lost("shutdown", left);
        }
    }
}
