package io.cruddur.obs.delivery;

import java.util.SortedMap;

/**
 * The law for one sink at one moment: {@code accepted = delivered + pending + lost}.
 *
 * @param sink the sink's name
 * @param accepted records that were offered since the start
 * @param delivered records that the service has; over UDP, records that the kernel took and no unreachable answer
 *     followed
 * @param pending records that wait in the queue or are on their way
 * @param lost records that are gone, by reason
 */
public record SinkCounts(String sink, long accepted, long delivered, long pending, SortedMap<String, Long> lost) {

    /** The sum over all reasons. */
    public long lostTotal() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }
}
