package io.cruddur.obs.sampling;

import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Reservoir;
import io.cruddur.obs.trace.SamplingDecision;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the account at work: the quota that the service gave, one borrowed trace a second while there is none, and a
 * share of the rest. Deciding is thread-safe and allocates nothing; all else is for the poller.
 */
final class CentralRule {
    /** No quota holds longer without a new one. */
    private static final double MAX_QUOTA_SECONDS = 3_600;

    private record Allowance(double rate, int quota, long quotaEndsNanos) {}

    private final RuleDefinition definition;
    private final SamplingDecision sampled;
    private final SamplingDecision dropped;
    private final Reservoir reservoir;
    private final Tally tally;
    private volatile Allowance allowance;
    private long reportDueNanos;

    CentralRule(RuleDefinition definition, long reportDueNanos) {
        this(definition, new Reservoir(), new Tally(), null, reportDueNanos);
    }

    private CentralRule(
            RuleDefinition definition,
            Reservoir reservoir,
            Tally tally,
            @Nullable Allowance allowance,
            long reportDueNanos) {
        this.definition = definition;
        this.sampled = new SamplingDecision(true, definition.name());
        this.dropped = new SamplingDecision(false, definition.name());
        this.reservoir = reservoir;
        this.tally = tally;
        this.allowance = allowance == null ? new Allowance(definition.rate(), -1, 0) : allowance;
        this.reportDueNanos = reportDueNanos;
    }

    /** The same rule after somebody edited it: what was counted and taken stays so. */
    CentralRule editedTo(RuleDefinition edited) {
        if (edited.equals(definition)) {
            return this;
        }
        Allowance kept = edited.givesAsMuchAs(definition) ? allowance : null;
        return new CentralRule(edited, reservoir, tally, kept, reportDueNanos);
    }

    boolean matches(String name, @Nullable InboundRequest request) {
        return definition.pattern().matches(name, request);
    }

    SamplingDecision decide(long nowNanos) {
        Allowance now = allowance;
        boolean hasQuota = now.quota >= 0 && now.quotaEndsNanos - nowNanos > 0;
        if (reservoir.tryTake(hasQuota ? now.quota : Math.min(1, definition.reservoirSize()), nowNanos)) {
            if (hasQuota) {
                tally.take();
            } else {
                tally.borrow();
            }
            return sampled;
        }
        if (ThreadLocalRandom.current().nextDouble() < now.rate) {
            tally.take();
            return sampled;
        }
        tally.drop();
        return dropped;
    }

    /**
     * Follows the service's answer.
     *
     * @param nowEpochSeconds the wall clock, which the quota's end is told by
     */
    void follow(Target target, long nowNanos, double nowEpochSeconds) {
        Double rate = target.rate();
        Integer quota = target.quota();
        double quotaSeconds = Math.min(MAX_QUOTA_SECONDS, target.quotaEndsEpochSeconds() - nowEpochSeconds);
        allowance = new Allowance(
                rate == null ? definition.rate() : rate,
                quota == null || quotaSeconds <= 0 ? -1 : quota,
                nowNanos + (long) (Math.max(0, quotaSeconds) * TimeUnit.SECONDS.toNanos(1)));
    }

    String name() {
        return definition.name();
    }

    RuleDefinition definition() {
        return definition;
    }

    Tally tally() {
        return tally;
    }

    long reportDueNanos() {
        return reportDueNanos;
    }

    void reportDueNanos(long value) {
        reportDueNanos = value;
    }
}
