package io.cruddur.obs.delivery;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sink's threads: one, or two where records are encoded ahead. */
final class Workers<R extends Weighted, E extends Envelope> {
    private final Backlog<E> backlog;
    private final Intake<R, E> intake;
    private final Wishes wishes;
    private final Worker first;
    private final Worker sender;

    Workers(
            Sink<R, E> sink,
            PipelineSettings settings,
            @Nullable RecordStore<E> store,
            boolean writeAhead,
            Ledger ledger,
            Supplier<@Nullable R> queue,
            Runnable tick) {
        wishes = new Wishes(ledger);
        backlog =
                new Backlog<>(ledger, sink.limits(), settings.backlogBytes(), sink.attemptTimeout(), store, writeAhead);
        intake = new Intake<>(sink, ledger, queue, backlog);
        var sending = new Sender<>(sink, backlog, ledger, wishes, settings.retryDeadline(), store != null);
        if (sink.encodesAhead()) {
            sender = new SenderWorker(sink, sending, backlog, wishes, this::isIntakeDone);
            first = new IntakeWorker(sink.name(), intake, backlog, wishes, sender, tick);
        } else {
            first = new SoloWorker(sink, intake, sending, backlog, wishes, tick);
            sender = first;
        }
    }

    private boolean isIntakeDone() {
        return first instanceof IntakeWorker worker && worker.isDone();
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

    void flushUpTo(long taken) {
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

    /** Ends the attempt that is under way. */
    void interrupt() {
        sender.interrupt();
    }

    long stored() {
        return backlog.stored();
    }

    long storeRefusals() {
        return backlog.storeRefusals();
    }

    /** Records between the queue and their end, really there. */
    long held() {
        return intake.inHand() + backlog.held();
    }
}
