package io.cruddur.obs.delivery;

import java.time.Duration;

/**
 * How much a sink takes in one call.
 *
 * @param maxCount records a batch
 * @param maxBytes bytes a batch, each record counted with its overhead
 * @param overheadBytes what the service adds to each record when it counts
 * @param maxSpan the longest time between the first and the last record of a batch
 * @param linger how long a record may wait for others before its batch is sent
 */
public record BatchLimits(int maxCount, long maxBytes, int overheadBytes, Duration maxSpan, Duration linger) {

    /** Limits of a sink that takes records one by one or does not care how many come at once. */
    public static BatchLimits ofCount(int maxCount) {
        return new BatchLimits(maxCount, Long.MAX_VALUE, 0, Duration.ofDays(365), Duration.ZERO);
    }
}
