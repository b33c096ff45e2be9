package io.cruddur.obs.delivery;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The law for one sink at one moment: {@code accepted = delivered + pending + lost}.
 *
 * @param sink the sink's name
 * @param accepted records that were offered since the start, and those taken over from dead processes
 * @param delivered records that the service has; over UDP, records that the kernel took and no unreachable answer
 *     followed
 * @param pending records that wait in memory or on disk, or are on their way
 * @param spooled those of the pending ones that are on disk, where the end of the process does not touch them
 * @param spoolBytes what the spool takes up on disk
 * @param spoolRefusals how often the spool was full or the disk refused, so that records stayed in memory
 * @param lost records that are gone, by reason
 * @param lastDelivered when the service took records last, epoch milliseconds; 0 for never
 * @param lastFailure the last attempt that failed, which may have lost nothing; null for none
 */
public record SinkCounts(
        String sink,
        long accepted,
        long delivered,
        long pending,
        long spooled,
        long spoolBytes,
        long spoolRefusals,
        SortedMap<String, Long> lost,
        long lastDelivered,
        @Nullable Failure lastFailure) {

    /**
     * An attempt to deliver that failed.
     *
     * @param millis epoch milliseconds
     * @param reason as the log tells it, at most 200 characters
     */
    public record Failure(long millis, String reason) {}

    /** The sum over all reasons. */
    public long lostTotal() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }
}
