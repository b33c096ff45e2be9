package io.cruddur.obs.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bounded way from the application's threads to one sink. {@link #offer} may be called from any thread: it never
 * blocks, never throws and does no I/O. Daemon threads drain the queue, encode, batch, send and settle every record in
 * the ledger.
 *
 * @param <R> the record
 */
public final class Pipeline<R extends Weighted> {
    /** For an interrupted attempt to come back and be counted. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** For what is left to be written to a disk that is busy: cut short, it would be lost with the process. */
    private static final long KEEPING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int LOOK_EVERY = 64;

    private final String name;
    private final MpscAtomicArrayQueue<R> queue;
    private final Ledger ledger;
    private final LongAdder queueFull;
    /** What records weigh beyond their share of the bound; most weigh less, and cost their thread nothing here. */
    private final AtomicLong excessBytes = new AtomicLong();

    private final long shareBytes;
    private final long maxExcessBytes;
    private final Workers<R, ?> workers;
    private final int wakeAt;
    /** The last of the room is kept for what is worth most. */
    private final int roomBelowWarn;

    private volatile boolean closed;
    private volatile boolean ended;

    private <E extends Envelope> Pipeline(
            Sink<R, E> sink,
            PipelineSettings settings,
            @Nullable RecordStore<E> store,
            boolean writeAhead,
            Runnable tick) {
        this.name = sink.name();
        this.queue = new MpscAtomicArrayQueue<>(settings.queueCount());
        this.ledger = new Ledger(queue::currentProducerIndex);
        this.queueFull = ledger.refusals("queue_full");
        this.wakeAt = queue.capacity() / 4;
        this.roomBelowWarn = queue.capacity() / 8 * 7;
        this.maxExcessBytes = settings.queueBytes() / 2;
        this.shareBytes = maxExcessBytes / queue.capacity();
        if (store != null) {
            store.start(ledger::lost, (reason, records) -> {
                ledger.adoptedSettled(records);
                ledger.lost(reason, records);
            });
        }
        this.workers = new Workers<>(sink, settings, store, writeAhead, ledger, this::poll, tick);
        workers.start();
    }

    /** Starts a sink's threads; what it cannot send in time waits in memory. */
    public static <R extends Weighted> Pipeline<R> inMemory(Sink<R, ?> sink, PipelineSettings settings) {
        return inMemory(sink, settings, () -> {});
    }

    /**
     * The same.
     *
     * @param tick called by one of the threads on each round, at least every 32 ms while it is not sending
     */
    public static <R extends Weighted> Pipeline<R> inMemory(Sink<R, ?> sink, PipelineSettings settings, Runnable tick) {
        return new Pipeline<>(sink, settings, null, false, tick);
    }

    /**
     * Starts a sink's threads; what it cannot send in time waits in a store, which is closed with the pipeline.
     *
     * @param writeAhead whether every record goes there, before it is sent
     */
    public static <R extends Weighted, E extends Envelope> Pipeline<R> withStore(
            Sink<R, E> sink, PipelineSettings settings, RecordStore<E> store, boolean writeAhead) {
        return withStore(sink, settings, store, writeAhead, () -> {});
    }

    /**
     * The same.
     *
     * @param tick called by one of the threads on each round, at least every 32 ms while it is not busy
     */
    public static <R extends Weighted, E extends Envelope> Pipeline<R> withStore(
            Sink<R, E> sink, PipelineSettings settings, RecordStore<E> store, boolean writeAhead, Runnable tick) {
        return new Pipeline<>(sink, settings, store, writeAhead, tick);
    }

    /** Takes the record, or counts why it did not: {@code closed}, {@code queue_full}. */
    public void offer(R record) {
        if (closed) {
            ledger.refusals("closed").increment();
            return;
        }
        boolean first = record.severity().compareTo(Severity.WARN) >= 0;
        long excess = excessOf(record);
        if (excess > 0 && excessBytes.addAndGet(excess) > (first ? maxExcessBytes : maxExcessBytes / 8 * 7)) {
            excessBytes.addAndGet(-excess);
            queueFull.increment();
            return;
        }
        if (!(first ? queue.offer(record) : queue.offerIfBelowThreshold(record, roomBelowWarn))) {
            if (excess > 0) {
                excessBytes.addAndGet(-excess);
            }
            queueFull.increment();
            return;
        }
        // Waking the worker for each record costs the caller 200 ns and more; it polls, and is woken only for a crowd.
        // The queue's size is looked at now and then: its consumer's end is another thread's line of the cache.
        if (queue.currentProducerIndex() % LOOK_EVERY == 0 && queue.size() >= wakeAt) {
            wake();
        }
        if (ended) {
            // Passed the first look while it was being closed; nobody else comes for it now.
            refuseLate();
        }
    }

    private long excessOf(R record) {
        return Math.max(0, record.weight() - shareBytes);
    }

    /** Has the queue emptied now. */
    public void wake() {
        workers.wake();
    }

    /** Counts what came too late. The worker is gone, so whoever holds the lock is the queue's one consumer. */
    private synchronized void refuseLate() {
        while (poll() != null) {
            ledger.lost("closed", 1);
        }
    }

    /** Counts a record that never became one: the law knows what could not even be copied. */
    public void failed(String reason) {
        ledger.refusals(reason).increment();
    }

    private @Nullable R poll() {
        R record = queue.poll();
        if (record != null) {
            long excess = excessOf(record);
            if (excess > 0) {
                excessBytes.addAndGet(-excess);
            }
        }
        return record;
    }

    /** The law at this moment. */
    public SinkCounts counts() {
        return ledger.counts(name, workers::stored, workers.storeBytes(), workers.storeRefusals());
    }

    /** Records that wait to be encoded. */
    int queued() {
        return queue.size();
    }

    /** Records that are really there, from the queue to the disk: what the law's pending must come to. */
    long held() {
        return queue.size() + workers.held();
    }

    /**
     * Asks for everything taken so far to be sent now, without waiting for a batch to fill or a back-off to end.
     *
     * @return what to give to {@link #await}
     */
    Ledger.Mark hurry() {
        Ledger.Mark target = ledger.mark();
        workers.flushUpTo(target);
        return target;
    }

    /** Waits until all that was offered before is encoded, or the deadline has passed. */
    void awaitTakenIn(long deadlineNanos) throws InterruptedException {
        long offered = queue.currentProducerIndex();
        while (!isTakenIn(offered) && System.nanoTime() - deadlineNanos < 0) {
            Thread.sleep(1);
        }
    }

    private boolean isTakenIn(long offered) {
        // In this order: a record is in hand before it is off the queue.
        long taken = queue.currentConsumerIndex();
        return taken > offered || (taken == offered && workers.inHand() == 0);
    }

    /** Waits until all that was taken until then is settled, or the deadline has passed. */
    void await(Ledger.Mark target, long deadlineNanos) throws InterruptedException {
        while (!ledger.isSettled(target) && System.nanoTime() - deadlineNanos < 0) {
            Thread.sleep(1);
        }
    }

    /** From here on offers are refused and counted; the threads go on until all is sent or the deadline has passed. */
    void beginClose(long deadlineNanos) {
        closed = true;
        workers.finishBy(deadlineNanos);
    }

    /**
     * Waits for the threads' end. What they could not send by the deadline stays in the store, or is counted as {@code
     * shutdown}; an attempt that is under way then is interrupted.
     */
    void endClose(long deadlineNanos) {
        boolean interrupted = !workers.join(deadlineNanos);
        if (workers.isAlive()) {
            workers.interrupt();
            interrupted |= !workers.join(System.nanoTime() + GRACE_NANOS);
        }
        if (workers.isAlive()) {
            workers.abandon(System.nanoTime() + KEEPING_NANOS);
        }
        if (workers.isIntakeOver()) {
            ended = true;
            refuseLate();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
