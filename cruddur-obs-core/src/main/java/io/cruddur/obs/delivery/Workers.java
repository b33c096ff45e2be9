package io.cruddur.obs.delivery;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink's threads: one, or two where records are encoded ahead. */
final class Workers<R extends Weighted, E extends Envelope> {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Backlog<E> backlog;
    private final Intake<R, E> intake;
    private final Wishes wishes;
    private final Worker first;
    private final Worker sender;
    private final RateLimitedLog log = new RateLimitedLog(LOG);

    Workers(
            Sink<R, E> sink,
            PipelineSettings settings,
            @Nullable RecordStore<E> store,
            boolean writeAhead,
            Ledger ledger,
            Supplier<@Nullable R> queue,
            Runnable tick) {
        wishes = new Wishes(ledger);
        Runnable guarded = () -> run(tick, sink.name());
        backlog =
                new Backlog<>(ledger, sink.limits(), settings.backlogBytes(), sink.attemptTimeout(), store, writeAhead);
        intake = new Intake<>(sink, ledger, queue, backlog);
        var sending = new Sender<>(sink, backlog, ledger, wishes, settings.retryDeadline(), store != null);
        if (sink.encodesAhead()) {
            sender = new SenderWorker(sink, sending, backlog, wishes, this::isIntakeDone);
            first = new IntakeWorker(sink.name(), intake, backlog, wishes, sender, guarded);
        } else {
            first = new SoloWorker(sink, intake, sending, backlog, wishes, guarded);
            sender = first;
        }
    }

    private boolean isIntakeDone() {
        return first instanceof IntakeWorker worker && worker.isDone();
    }

    /** What fails there must not keep the queue from being emptied. */
    private void run(Runnable tick, String sink) {
        try {
            tick.run();
        } catch (Throwable e) {
            log.warn("What is done on each round for " + sink + " failed: " + Failures.nameOf(e));
        }
    }

    void start() {
        first.start();
        if (sender != first) {
            sender.start();
        }
    }

    /** Has the thread that empties the queue look for work now. */
    void wake() {
        first.wake();
    }

    void flushUpTo(Ledger.Mark taken) {
        wishes.flushUpTo(taken);
        first.wake();
        sender.wake();
    }

    void finishBy(long deadlineNanos) {
        wishes.finishBy(deadlineNanos);
        first.wake();
        sender.wake();
    }

    /** Waits for the end of the threads until then; false if the waiting thread was interrupted. */
    boolean join(long deadlineNanos) {
        boolean undisturbed = first.join(deadlineNanos);
        return sender.join(deadlineNanos) && undisturbed;
    }

    boolean isAlive() {
        return first.isAlive() || sender.isAlive();
    }

    /** Whether nobody empties the queue any more. */
    boolean isIntakeOver() {
        return !first.isAlive();
    }

    /**
     * The end of a sink whose thread hangs in an attempt that no interrupt ends: what it holds is kept or counted by
     * another, and what becomes of the attempt is not waited for. The other is a thread of its own, as a disk may hang too.
     */
    void abandon(long deadlineNanos) {
        var end = new DeliveryThread(backlog::shutDown, "cruddur-obs-end");
        end.start();
        try {
            TimeUnit.NANOSECONDS.timedJoin(end, Math.max(1, deadlineNanos - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the attempt that is under way. */
    void interrupt() {
        sender.interrupt();
    }

    long stored() {
        return backlog.stored();
    }

    long storeBytes() {
        return backlog.storeBytes();
    }

    long storeRefusals() {
        return backlog.storeRefusals();
    }

    /** Records that are being encoded. */
    int inHand() {
        return intake.inHand();
    }

    /** Records between the queue and their end, really there. */
    long held() {
        return intake.inHand() + backlog.held();
    }
}
