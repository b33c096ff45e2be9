package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/**
 * Whether a trace is recorded, and by which rule. A sampler makes its few decisions once and hands them out again.
 *
 * @param sampled whether it is recorded
 * @param rule the sampling rule's name, shown with the segment; null if no rule decided
 */
public record SamplingDecision(boolean sampled, @Nullable String rule) {
    /** Recorded. */
    public static final SamplingDecision YES = new SamplingDecision(true, null);
    /** Not recorded. */
    public static final SamplingDecision NO = new SamplingDecision(false, null);

    /** {@link #YES} or {@link #NO}. */
    public static SamplingDecision of(boolean sampled) {
        return sampled ? YES : NO;
    }
}
