package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All pipelines of one assembly: reported, flushed and closed together. Thread-safe. */
public final class Delivery {
    private static final Duration FOR_EVER = Duration.ofDays(365 * 100);

    private final List<Pipeline<?>> pipelines = new CopyOnWriteArrayList<>();

    /** Adds a pipeline and returns it. */
    public <R extends Weighted> Pipeline<R> add(Pipeline<R> pipeline) {
        pipelines.add(pipeline);
        return pipeline;
    }

    /** The law of each sink at this moment. */
    public List<SinkCounts> counts() {
        return pipelines.stream().map(Pipeline::counts).toList();
    }

    /** Sends what was accepted before the call; returns when all of it is settled or the time is up. */
    public void flush(Duration timeout) {
        long deadline = System.nanoTime() + nanos(timeout);
        long[] targets = pipelines.stream().mapToLong(Pipeline::hurry).toArray();
        try {
            for (int i = 0; i < targets.length; i++) {
                pipelines.get(i).await(targets[i], deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        for (Pipeline<?> pipeline : pipelines) {
            pipeline.endClose(deadline);
        }
    }
}
