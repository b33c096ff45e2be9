package io.cruddur.obs.sampling;

import com.google.gson.JsonObject;
import io.cruddur.obs.trace.Wildcard;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may ask of the service itself.
 *
 * @param origin the kind of resource that it runs on, such as {@code AWS::ECS::Container}; null for unknown
 * @param resourceArn the resource's ARN; null for unknown
 */
record ServiceFacts(@Nullable String origin, @Nullable String resourceArn) {

    /** Whether a rule can ever match here; if it cannot it is left out, once, rather than asked for each trace. */
    boolean fit(JsonObject rule) {
        JsonObject attributes = Json.object(rule, "Attributes");
        // They are those of a finished segment: when the decision is made there are none yet.
        return (attributes == null || attributes.isEmpty())
                && matches(Json.text(rule, "ServiceType"), origin)
                && matches(Json.text(rule, "ResourceARN"), resourceArn);
    }

    private static boolean matches(@Nullable String pattern, @Nullable String fact) {
        return pattern == null || new Wildcard(pattern).matches(fact);
    }
}
