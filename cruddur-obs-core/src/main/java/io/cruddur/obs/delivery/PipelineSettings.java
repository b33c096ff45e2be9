package io.cruddur.obs.delivery;

import java.time.Duration;

/**
 * The bounds of a pipeline.
 *
 * @param queueCount records that may wait to be encoded, a power of two
 * @param queueBytes bytes that they may keep alive, by their own estimate: one half in equal shares for each, the other
 *     for those that weigh more
 * @param backlogBytes bytes of encoded records that may wait in memory, where the sink encodes ahead
 * @param retryDeadline how long a batch is retried before what is in memory alone is counted as lost
 */
public record PipelineSettings(int queueCount, long queueBytes, long backlogBytes, Duration retryDeadline) {
    private static final long MOST = 32L << 20;
    private static final int SHARE_OF_HEAP = 8;

    /** 16,384 records; 32 MiB each for queue and backlog, or an eighth of the heap where that is less; ten minutes. */
    public static final PipelineSettings DEFAULT = ofHeap(Runtime.getRuntime().maxMemory());

    private static PipelineSettings ofHeap(long bytes) {
        long share = Math.min(MOST, bytes / SHARE_OF_HEAP);
        return new PipelineSettings(16_384, share, share, Duration.ofMinutes(10));
    }
}
