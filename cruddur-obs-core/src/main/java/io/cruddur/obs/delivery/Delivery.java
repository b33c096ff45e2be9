package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** All pipelines of one assembly: reported, flushed and closed together. Thread-safe. */
public final class Delivery {
    private static final Duration FOR_EVER = Duration.ofDays(365 * 100);

    private final List<Pipeline<?>> pipelines = new CopyOnWriteArrayList<>();
    /** Those that get their records from the others. */
    private final List<Pipeline<?>> behind = new CopyOnWriteArrayList<>();

    /** Adds a pipeline and returns it. */
    public <R extends Weighted> Pipeline<R> add(Pipeline<R> pipeline) {
        pipelines.add(pipeline);
        return pipeline;
    }

    /** Adds the pipeline of a branch. */
    public <R extends Weighted> Branch<R> add(Branch<R> branch) {
        behind.add(branch.pipeline());
        return branch;
    }

    /** The law of each sink at this moment. */
    public List<SinkCounts> counts() {
        return Stream.concat(pipelines.stream(), behind.stream())
                .map(Pipeline::counts)
                .toList();
    }

    /** Sends what was accepted before the call; returns when all of it is settled or the time is up. */
    public void flush(Duration timeout) {
        long deadline = System.nanoTime() + nanos(timeout);
        List<Ledger.Mark> targets = hurry(pipelines);
        try {
            for (Pipeline<?> pipeline : behind.isEmpty() ? List.<Pipeline<?>>of() : pipelines) {
                pipeline.awaitTakenIn(deadline);
            }
            List<Ledger.Mark> targetsBehind = hurry(behind);
            await(pipelines, targets, deadline);
            await(behind, targetsBehind, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Ledger.Mark> hurry(List<Pipeline<?>> those) {
        return those.stream().map(Pipeline::hurry).toList();
    }

    private static void await(List<Pipeline<?>> those, List<Ledger.Mark> targets, long deadline)
            throws InterruptedException {
        for (int i = 0; i < targets.size(); i++) {
            those.get(i).await(targets.get(i), deadline);
        }
    }

    /** Centuries are for ever, and no more than a long holds. */
    private static long nanos(Duration timeout) {
        return timeout.compareTo(FOR_EVER) > 0 ? FOR_EVER.toNanos() : timeout.toNanos();
    }

    /** Refuses new records, sends what is there within the time, ends the threads and frees the clients. */
    public void close(Duration timeout) {
        long deadline = System.nanoTime() + nanos(timeout);
        for (Pipeline<?> pipeline : pipelines) {
            pipeline.beginClose(deadline);
        }
        closeBehind(deadline);
        for (Pipeline<?> pipeline : pipelines) {
            pipeline.endClose(deadline);
        }
        for (Pipeline<?> pipeline : behind) {
            pipeline.endClose(deadline);
        }
    }

    /** Once nothing comes from the others any more, or the time is up. */
    private void closeBehind(long deadline) {
        if (behind.isEmpty()) {
            return;
        }
        try {
            for (Pipeline<?> pipeline : pipelines) {
                pipeline.awaitTakenIn(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Pipeline<?> pipeline : behind) {
            pipeline.beginClose(deadline);
        }
    }
}
