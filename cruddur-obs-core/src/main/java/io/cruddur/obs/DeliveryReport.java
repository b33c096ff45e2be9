package io.cruddur.obs;

import io.cruddur.obs.delivery.SinkCounts;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of everything that was recorded: for each sink, {@code accepted = delivered + pending + lost}. Immutable.
 *
 * @param sinks one entry a sink
 */
public record DeliveryReport(List<Sink> sinks) {

    /**
     * The law for one sink.
     *
     * @param name {@code xray}, {@code cloudwatch} or {@code rollbar}
     * @param accepted records taken since the start, and those taken over from processes that are dead
     * @param delivered records that the service has; over UDP, records that were handed to the kernel
     * @param pending records that wait or are on their way
     * @param spooled those of the pending ones that are on disk: the end of the process, however it comes, does not touch
     *     them, and the next one sends them
     * @param spoolBytes what the spool takes up on disk
     * @param spoolRefusals how often the spool was full or the disk refused, so that records stayed in memory
     * @param lost records that are gone, by reason
     * @param lastDelivered when the service took records last; null for never
     * @param lastFailure the last attempt that failed, which may have lost nothing: most are made again; null for none
     */
    public record Sink(
            String name,
            long accepted,
            long delivered,
            long pending,
            long spooled,
            long spoolBytes,
            long spoolRefusals,
            SortedMap<String, Long> lost,
            @Nullable Instant lastDelivered,
            @Nullable Failure lastFailure) {

        /**
         * An attempt to deliver that failed.
         *
         * @param reason as the log tells it, at most 200 characters
         */
        public record Failure(Instant time, String reason) {
            static @Nullable Failure of(SinkCounts.@Nullable Failure failure) {
                return failure == null ? null : new Failure(Instant.ofEpochMilli(failure.millis()), failure.reason());
            }
        }

        /** The sum over all reasons. */
        public long lostTotal() {
            return lost.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Whether the law holds. */
        public boolean isBalanced() {
            return pending >= 0 && accepted == delivered + pending + lostTotal();
        }

        @Override
        public String toString() {
            String reasons = lost.isEmpty() ? "" : " " + lost;
            String onDisk = spooled == 0 ? "" : " (" + spooled + " on disk)";
            return "%s: accepted %d = delivered %d + pending %d%s + lost %d%s"
                    .formatted(name, accepted, delivered, pending, onDisk, lostTotal(), reasons);
        }
    }

    static DeliveryReport of(List<SinkCounts> counts) {
        return new DeliveryReport(counts.stream()
                .map(c -> new Sink(
                        c.sink(),
                        c.accepted(),
                        c.delivered(),
                        c.pending(),
                        c.spooled(),
                        c.spoolBytes(),
                        c.spoolRefusals(),
                        Collections.unmodifiableSortedMap(new TreeMap<>(c.lost())),
                        c.lastDelivered() == 0 ? null : Instant.ofEpochMilli(c.lastDelivered()),
                        Sink.Failure.of(c.lastFailure())))
                .toList());
    }

    /** Whether the law holds for every sink. */
    public boolean isBalanced() {
        return sinks.stream().allMatch(Sink::isBalanced);
    }

    /** Whether everything that was accepted is delivered. */
    public boolean isComplete() {
        return sinks.stream().allMatch(sink -> sink.accepted == sink.delivered);
    }

    @Override
    public String toString() {
        return sinks.isEmpty()
                ? "nothing is sent anywhere"
                : sinks.stream().map(Sink::toString).collect(Collectors.joining("; "));
    }
}
