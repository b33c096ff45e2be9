package io.cruddur.obs.delivery;

/** Encodes ahead of another thread that sends, and brings to safety what it should not wait for. */
final class IntakeWorker extends Worker {
    private final Intake<?, ?> intake;
    private final Backlog<?> backlog;
    private final Wishes wishes;
    private final Worker sender;
    private final Runnable tick;
    private volatile boolean done;

    IntakeWorker(String sink, Intake<?, ?> intake, Backlog<?> backlog, Wishes wishes, Worker sender, Runnable tick) {
        super("cruddur-obs-" + sink + "-intake");
        this.intake = intake;
        this.backlog = backlog;
        this.wishes = wishes;
        this.sender = sender;
        this.tick = tick;
    }

    /** Whether nothing comes from here any more. */
    boolean isDone() {
        return done;
    }

    @Override
    long round() {
        tick.run();
        // Asked before the queue is: what was offered before the end began is in it.
        boolean finishing = wishes.isFinishing();
        boolean moved = intake.fill(false);
        if (backlog.isDue(System.nanoTime(), wishes.isUrgent())) {
            sender.wake();
        }
        if (finishing && !moved) {
            return -1;
        }
        return moved ? 0 : Sender.IDLE;
    }

    @Override
    void end() {
        done = true;
        sender.wake();
    }
}
