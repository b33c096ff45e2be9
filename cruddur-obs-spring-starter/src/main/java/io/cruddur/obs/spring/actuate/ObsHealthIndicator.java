package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * UP, or DEGRADED while a destination takes nothing or records were lost lately. DEGRADED is none of Boot's own states and
 * so does not change the state of the whole: an application that cannot send its traces serves its users all the same.
 * Thread-safe.
 */
final class ObsHealthIndicator implements HealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    /** Longer than a pause between two batches and than a retry after a short failure. */
    private static final Duration STALLED = Duration.ofSeconds(30);

    /** A loss is seen by whoever looks every few minutes. */
    private static final Duration LATELY = Duration.ofMinutes(5);

    private final Obs obs;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /**
     * What was seen of a sink.
     *
     * @param delivered how many it had
     * @param waiting since when records wait and none is delivered
     * @param lost how many it had lost
     * @param lostAt when that was seen to have grown
     */
    private record Seen(long delivered, Instant waiting, long lost, Instant lostAt) {
        static final Seen NOTHING = new Seen(0, Instant.MAX, 0, Instant.MIN);

        Seen next(DeliveryReport.Sink sink, Instant now) {
            boolean stands = sink.pending() > 0 && sink.delivered() == delivered && !waiting.equals(Instant.MAX);
            Instant newWaiting = stands ? waiting : sink.pending() > 0 ? now : Instant.MAX;
            long newLost = sink.lostTotal();
            return new Seen(sink.delivered(), newWaiting, newLost, newLost > lost ? now : lostAt);
        }

        boolean isDegraded(Instant now) {
            boolean stalled =
                    !waiting.equals(Instant.MAX) && waiting.plus(STALLED).isBefore(now);
            return stalled || lostAt.isAfter(now.minus(LATELY));
        }
    }

    ObsHealthIndicator(Obs obs, InstantSource clock) {
        this.obs = obs;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Instant now = clock.instant();
        boolean degraded = false;
        Health.Builder health = Health.up();
        for (DeliveryReport.Sink sink : SinkDetails.sinks(obs)) {
            Seen state =
                    seen.merge(sink.name(), Seen.NOTHING.next(sink, now), (before, unused) -> before.next(sink, now));
            degraded |= state.isDegraded(now);
            health.withDetail(sink.name(), details(sink, state.isDegraded(now)));
        }
        return (degraded ? health.status(DEGRADED) : health).build();
    }

    private static Map<String, Object> details(DeliveryReport.Sink sink, boolean degraded) {
        var details = new LinkedHashMap<String, Object>();
        details.put("status", degraded ? DEGRADED.getCode() : Status.UP.getCode());
        details.putAll(SinkDetails.of(sink));
        return details;
    }
}
