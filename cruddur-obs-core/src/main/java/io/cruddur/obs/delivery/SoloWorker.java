package io.cruddur.obs.delivery;

/** Encodes and sends on one thread: for a sink that never waits for an answer. */
final class SoloWorker extends Worker {
    private final Sink<?, ?> sink;
    private final Intake<?, ?> intake;
    private final Sender<?> sender;
    private final Backlog<?> backlog;
    private final Wishes wishes;
    private final Runnable tick;

    SoloWorker(
            Sink<?, ?> sink, Intake<?, ?> intake, Sender<?> sender, Backlog<?> backlog, Wishes wishes, Runnable tick) {
        super("cruddur-obs-" + sink.name());
        this.sink = sink;
        this.intake = intake;
        this.sender = sender;
        this.backlog = backlog;
        this.wishes = wishes;
        this.tick = tick;
    }

    @Override
    long round() {
        tick.run();
        boolean moved = intake.fill(true);
        if (wishes.isTimeUp() || (wishes.isFinishing() && !moved && backlog.isEmpty())) {
            return -1;
        }
        return sender.step();
    }

    @Override
    void end() {
        while (intake.fill(false)) {
            // What is still there is counted with the rest.
        }
        backlog.shutDown();
        sink.close();
    }
}
