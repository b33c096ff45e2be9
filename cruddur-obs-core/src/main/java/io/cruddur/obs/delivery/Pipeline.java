package io.cruddur.obs.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bounded way from the application's threads to one sink. {@link #offer} may be called from any thread: it never
 * blocks, never throws and does no I/O. A daemon thread drains the queue, batches, sends and settles every record in
 * the ledger.
 *
 * @param <R> the record
 */
public final class Pipeline<R extends Weighted> {
    /** For an interrupted attempt to come back and be counted. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int LOOK_EVERY = 64;

    private final String name;
    private final MpscAtomicArrayQueue<R> queue;
    private final Ledger ledger;
    private final LongAdder queueFull;
    /** What records weigh beyond their share of the bound; most weigh less, and cost their thread nothing here. */
    private final AtomicLong excessBytes = new AtomicLong();

    private final long shareBytes;
    private final long maxExcessBytes;
    private final Worker<R, ?> worker;
    private final DeliveryThread thread;
    private final int wakeAt;
    private volatile boolean closed;
    private volatile boolean ended;

    /** Starts the sink's worker. */
    public Pipeline(Sink<R, ?> sink, PipelineSettings settings) {
        this(sink, settings, () -> {});
    }

    /**
     * Starts the sink's worker.
     *
     * @param tick called by the worker on each round, at least every 32 ms while it is not sending
     */
    public Pipeline(Sink<R, ?> sink, PipelineSettings settings, Runnable tick) {
        this.name = sink.name();
        this.queue = new MpscAtomicArrayQueue<>(settings.queueCount());
        this.ledger = new Ledger(queue::currentProducerIndex);
        this.queueFull = ledger.refusals("queue_full");
        this.wakeAt = queue.capacity() / 4;
        this.maxExcessBytes = settings.queueBytes() / 2;
        this.shareBytes = maxExcessBytes / queue.capacity();
        this.worker = new Worker<>(sink, settings, ledger, this::poll, tick);
        this.thread = new DeliveryThread(worker, "cruddur-obs-" + name);
        thread.start();
    }

    /** Takes the record, or counts why it did not: {@code closed}, {@code queue_full}. */
    public void offer(R record) {
        if (closed) {
            ledger.refusals("closed").increment();
            return;
        }
        long excess = excessOf(record);
        if (excess > 0 && excessBytes.addAndGet(excess) > maxExcessBytes) {
            excessBytes.addAndGet(-excess);
            queueFull.increment();
            return;
        }
        if (!queue.offer(record)) {
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

    /** Has the worker look for work now. */
    public void wake() {
        LockSupport.unpark(thread);
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
        return ledger.counts(name);
    }

    /** Records that are really there, in the queue or in the worker's hands: what the law's pending must come to. */
    long held() {
        return (long) queue.size() + worker.inHand();
    }

    /**
     * Asks for everything queued so far to be sent now, without waiting for a batch to fill or a back-off to end.
     *
     * @return what to give to {@link #await}
     */
    long hurry() {
        long target = ledger.queuedSoFar();
        worker.flushUpTo(target);
        LockSupport.unpark(thread);
        return target;
    }

    /** Waits until as many records as that are settled, or the deadline has passed. */
    void await(long target, long deadlineNanos) throws InterruptedException {
        while (ledger.settledSoFar() < target && System.nanoTime() - deadlineNanos < 0) {
            Thread.sleep(1);
        }
    }

    /** From here on offers are refused and counted; the worker goes on until all is sent or the deadline has passed. */
    void beginClose(long deadlineNanos) {
        closed = true;
        worker.finishBy(deadlineNanos);
        LockSupport.unpark(thread);
    }

    /**
     * Waits for the worker's end. What it could not send by the deadline is counted as {@code shutdown}; an attempt that
     * is under way then is interrupted.
     */
    void endClose(long deadlineNanos) {
        boolean interrupted = !join(deadlineNanos);
        if (thread.isAlive()) {
            thread.interrupt();
            interrupted |= !join(System.nanoTime() + GRACE_NANOS);
        }
        if (!thread.isAlive()) {
            ended = true;
            refuseLate();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if this thread was interrupted meanwhile. */
    private boolean join(long deadlineNanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadlineNanos - System.nanoTime()));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
