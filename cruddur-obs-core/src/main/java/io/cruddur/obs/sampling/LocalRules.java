package io.cruddur.obs.sampling;

import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rules of a file: the first that matches decides, else the default. Thread-safe. */
public final class LocalRules implements Sampler {
    private final LocalRule[] rules;
    private final LongSupplier nanos;

    /** The last rule is the default: it matches everything. */
    LocalRules(List<LocalRule> rules, LongSupplier nanos) {
        this.rules = rules.toArray(LocalRule[]::new);
        this.nanos = nanos;
    }

    /**
     * Reads a file in the X-Ray SDK's format of local rules, version 2 or 1.
     *
     * @param location {@code classpath:} and a name on the class path, {@code file:} and a URL, or a path
     * @throws IllegalArgumentException if there is none or it cannot be used; names it, the rule and the valid form
     */
    public static LocalRules load(String location) {
        return new LocalRules(LocalRulesFile.read(location), System::nanoTime);
    }

    /** X-Ray's own default, for where no rule is known. */
    public static LocalRules oneASecondAndFivePercent() {
        return new LocalRules(List.of(LocalRule.fallback()), System::nanoTime);
    }

    @Override
    public SamplingDecision sample(String name, @Nullable InboundRequest request) {
        for (LocalRule rule : rules) {
            if (rule.pattern().matches(name, request)) {
                return rule.decide(nanos.getAsLong());
            }
        }
        return SamplingDecision.NO;
    }
}
