package io.cruddur.obs.sampling;

import com.google.gson.JsonObject;
import io.cruddur.obs.trace.Wildcard;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the account has it.
 *
 * @param name its name
 * @param priority the lower, the earlier it is asked
 * @param pattern what it matches; everything for the default rule
 * @param reservoirSize traces a second of all instances together, before the rate
 * @param rate the share of what is beyond
 */
record RuleDefinition(String name, int priority, RequestPattern pattern, int reservoirSize, double rate) {
    /** In the order in which they are asked: by priority, then by name, the default last. */
    static final Comparator<RuleDefinition> ORDER = Comparator.comparing(RuleDefinition::isDefault)
            .thenComparing(RuleDefinition::priority)
            .thenComparing(RuleDefinition::name);

    private static final String DEFAULT = "Default";
    /** The one there is. Rules of a later one may mean something else. */
    private static final int VERSION = 1;

    /** Null if it is not one that can be followed. */
    static @Nullable RuleDefinition of(JsonObject rule) {
        String name = Json.text(rule, "RuleName");
        Integer version = Json.count(rule, "Version");
        Integer priority = Json.count(rule, "Priority");
        Integer reservoirSize = Json.count(rule, "ReservoirSize");
        Double rate = Json.share(rule, "FixedRate");
        if (name == null
                || name.isBlank()
                || version == null
                || version != VERSION
                || priority == null
                || reservoirSize == null
                || rate == null) {
            return null;
        }
        RequestPattern pattern = name.equals(DEFAULT) ? RequestPattern.ANY : pattern(rule);
        return pattern == null ? null : new RuleDefinition(name, priority, pattern, reservoirSize, rate);
    }

    private static @Nullable RequestPattern pattern(JsonObject rule) {
        String service = Json.text(rule, "ServiceName");
        String host = Json.text(rule, "Host");
        String method = Json.text(rule, "HTTPMethod");
        String path = Json.text(rule, "URLPath");
        return service == null || host == null || method == null || path == null
                ? null
                : new RequestPattern(
                        new Wildcard(service), new Wildcard(host), new Wildcard(method), new Wildcard(path));
    }

    private boolean isDefault() {
        return name.equals(DEFAULT);
    }

    /** Whether it gives as much as the other, so that a target for the one holds for the other. */
    boolean givesAsMuchAs(RuleDefinition other) {
        return reservoirSize == other.reservoirSize && Double.compare(rate, other.rate) == 0;
    }
}
