package io.cruddur.obs.sampling;

import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.SamplingDecision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The account's rules in the order in which they are asked. The set is immutable, its rules are thread-safe. */
final class RuleSet {
    static final RuleSet EMPTY = new RuleSet(new CentralRule[0]);

    private final CentralRule[] rules;

    private RuleSet(CentralRule[] rules) {
        this.rules = rules;
    }

    /** What the service says now; rules of names that were here before go on where they were. */
    RuleSet replacedBy(List<RuleDefinition> definitions, long reportDueNanos) {
        var before = new HashMap<String, CentralRule>();
        for (CentralRule rule : rules) {
            before.put(rule.name(), rule);
        }
        return new RuleSet(definitions.stream()
                .sorted(RuleDefinition.ORDER)
                .map(definition -> {
                    CentralRule known = before.get(definition.name());
                    return known == null ? new CentralRule(definition, reportDueNanos) : known.editedTo(definition);
                })
                .toArray(CentralRule[]::new));
    }

    /** Null if none matches. */
    @Nullable SamplingDecision decide(String name, @Nullable InboundRequest request, long nowNanos) {
        for (CentralRule rule : rules) {
            if (rule.matches(name, request)) {
                return rule.decide(nowNanos);
            }
        }
        return null;
    }

    boolean isEmpty() {
        return rules.length == 0;
    }

    List<CentralRule> rules() {
        return Arrays.asList(rules);
    }
}
