package io.cruddur.obs.delivery;

import java.time.Duration;

/**
 * The bounds of a pipeline.
 *
 * @param queueCount records that may wait, a power of two
 * @param queueBytes bytes that the waiting records may keep alive, by their own estimate: one half in equal shares for
 *     each, the other for those that weigh more
 * @param retryDeadline how long a batch is retried before it is counted as lost
 */
public record PipelineSettings(int queueCount, long queueBytes, Duration retryDeadline) {

    /** 16,384 records, 32 MiB, ten minutes. */
    public static final PipelineSettings DEFAULT = new PipelineSettings(16_384, 32L << 20, Duration.ofMinutes(10));
}
