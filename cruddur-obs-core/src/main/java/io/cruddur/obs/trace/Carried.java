package io.cruddur.obs.trace;

import io.cruddur.obs.baggage.Baggage;
import org.jspecify.annotations.Nullable;

/**
 * What a trace carries from process to process beside its ids. Immutable.
 *
 * @param tracestate what other vendors' tracers said, handed on as it came; null if they said nothing
 * @param baggage the application's own values
 * @param randomId whether the trace id's last 7 bytes are known to be random, so that others may sample by them: ours
 *     are, a caller's are if it says so
 */
public record Carried(@Nullable String tracestate, Baggage baggage, boolean randomId) {
    /** Nothing, beside an id of our own. */
    public static final Carried NOTHING = new Carried(null, Baggage.EMPTY, true);

    /** Nothing, beside an id of which we know nothing. */
    public static final Carried FOREIGN_ID = new Carried(null, Baggage.EMPTY, false);

    /** The same with what other vendors' tracers said. */
    public Carried with(String newTracestate) {
        return new Carried(newTracestate, baggage, randomId);
    }

    /** The same with other values of the application. */
    public Carried with(Baggage newBaggage) {
        return new Carried(tracestate, newBaggage, randomId);
    }
}
