package io.cruddur.obs.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trace carries from process to process beside its ids. Immutable.
 *
 * @param tracestate what other vendors' tracers said, handed on as it came; null if they said nothing
 * @param baggage the application's own values, in the order in which they came
 */
public record Carried(@Nullable String tracestate, Map<String, String> baggage) {
    /** Nothing. */
    public static final Carried NOTHING = new Carried(null, Map.of());
}
