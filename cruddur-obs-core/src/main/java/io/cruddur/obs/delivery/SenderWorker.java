package io.cruddur.obs.delivery;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Sends what another thread has encoded. */
final class SenderWorker extends Worker {
    /** Processes die seldom, and what they leave has waited already. */
    private static final long ADOPT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** The other thread has only to empty the queue. */
    private static final long INTAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Sink<?, ?> sink;
    private final Sender<?> sender;
    private final Backlog<?> backlog;
    private final Wishes wishes;
    private final BooleanSupplier intakeDone;
    private long adoptAtNanos = System.nanoTime();

    SenderWorker(Sink<?, ?> sink, Sender<?> sender, Backlog<?> backlog, Wishes wishes, BooleanSupplier intakeDone) {
        super("cruddur-obs-" + sink.name());
        this.sink = sink;
        this.sender = sender;
        this.backlog = backlog;
        this.wishes = wishes;
        this.intakeDone = intakeDone;
    }

    @Override
    long round() {
        if (System.nanoTime() - adoptAtNanos >= 0 && !wishes.isFinishing()) {
            adoptAtNanos = System.nanoTime() + ADOPT_EVERY_NANOS;
            backlog.adopt();
        }
        if (wishes.isTimeUp() || (wishes.isFinishing() && intakeDone.getAsBoolean() && backlog.isEmpty())) {
            return -1;
        }
        return sender.step();
    }

    @Override
    void end() {
        long until = System.nanoTime() + INTAKE_NANOS;
        while (!intakeDone.getAsBoolean() && System.nanoTime() - until < 0) {
            park(SHORTEST_PARK_NANOS);
        }
        backlog.shutDown();
        sink.close();
    }
}
