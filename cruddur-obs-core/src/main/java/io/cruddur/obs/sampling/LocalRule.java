package io.cruddur.obs.sampling;

import io.cruddur.obs.trace.Reservoir;
import io.cruddur.obs.trace.SamplingDecision;
import java.util.concurrent.ThreadLocalRandom;

/** So many traces a second, and a share of the rest. Thread-safe. */
record LocalRule(RequestPattern pattern, int perSecond, double rate, Reservoir reservoir) {

    LocalRule(RequestPattern pattern, int perSecond, double rate) {
        this(pattern, perSecond, rate, new Reservoir());
    }

    /** What decides while no rule is known: 1 a second and 5% of the rest, as in X-Ray's own default. */
    static LocalRule fallback() {
        return new LocalRule(RequestPattern.ANY, 1, 0.05);
    }

    /** Names no rule: X-Ray knows nothing of those in a file. */
    SamplingDecision decide(long nowNanos) {
        return SamplingDecision.of(reservoir.tryTake(perSecond, nowNanos)
                || ThreadLocalRandom.current().nextDouble() < rate);
    }
}
