package io.cruddur.obs.trace;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a new trace is recorded. Called on the request's thread: no I/O, no lock. Thread-safe. One that is
 * {@link AutoCloseable} is closed with what it was given to.
 */
@FunctionalInterface
public interface Sampler {
    /**
     * The decision.
     *
     * @param name the name of the local root
     * @param request the request that it answers; null if it answers none
     */
    SamplingDecision sample(String name, @Nullable InboundRequest request);

    /** Records every trace. */
    static Sampler always() {
        return (name, request) -> SamplingDecision.YES;
    }

    /** Records none. */
    static Sampler never() {
        return (name, request) -> SamplingDecision.NO;
    }

    /**
     * Records a share of the traces.
     *
     * @param rate from 0 (none) to 1 (all)
     * @throws IllegalArgumentException if it is outside
     */
    static Sampler fixedRate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "The sampling rate is a number from 0 to 1, such as 0.1; it was " + rate);
        }
        if (rate == 0) {
            return never();
        }
        return rate == 1
                ? always()
                : (name, request) ->
                        SamplingDecision.of(ThreadLocalRandom.current().nextDouble() < rate);
    }

    /**
     * Records so many traces a second, those that come first.
     *
     * @param traces 0 or more
     * @throws IllegalArgumentException if it is less
     */
    static Sampler perSecond(int traces) {
        if (traces < 0) {
            throw new IllegalArgumentException("The traces a second are 0 or more; it was " + traces);
        }
        var reservoir = new Reservoir();
        return (name, request) -> SamplingDecision.of(reservoir.tryTake(traces, System.nanoTime()));
    }
}
