package io.cruddur.obs.propagation;

import static io.cruddur.obs.propagation.PropagationFormat.B3;
import static io.cruddur.obs.propagation.PropagationFormat.B3_MULTI;
import static io.cruddur.obs.propagation.PropagationFormat.W3C;
import static io.cruddur.obs.propagation.PropagationFormat.XRAY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which headers are read and written. Immutable.
 *
 * @param read the formats that are looked for; the first that is there and valid counts
 * @param write the formats that are written, all of them
 * @param baggage whether the W3C header {@code baggage} is read and written
 */
public record Propagation(List<PropagationFormat> read, List<PropagationFormat> write, boolean baggage) {
    /** Reads all, X-Ray first; writes X-Ray and W3C; with baggage. */
    public static final Propagation DEFAULT =
            new Propagation(List.of(XRAY, W3C, B3, B3_MULTI), List.of(XRAY, W3C), true);

    private static final Logger LOG = LoggerFactory.getLogger(Propagation.class);

    /** A format that is named twice counts once. */
    public Propagation {
        read = List.copyOf(new LinkedHashSet<>(read));
        write = List.copyOf(new LinkedHashSet<>(write));
    }

    /** The same, reading these in this order; none to read nothing. */
    public Propagation reading(PropagationFormat... formats) {
        return new Propagation(Arrays.asList(formats), write, baggage);
    }

    /** The same, writing these; none to write nothing. */
    public Propagation writing(PropagationFormat... formats) {
        return new Propagation(read, Arrays.asList(formats), baggage);
    }

    /** The same with or without baggage. */
    public Propagation baggage(boolean on) {
        return new Propagation(read, write, on);
    }

    /**
     * As {@code OTEL_PROPAGATORS} says: what is named is read, in that order, and written; nothing else is.
     *
     * @param names of xray, tracecontext, b3, b3multi, baggage and none, with commas between them. Others are said once
     *     and passed over: the variable may be set for another tool too. If there is nothing else, the default holds.
     */
    public static Propagation ofOtelPropagators(String names) {
        Set<String> left = new LinkedHashSet<>();
        for (String name : names.toLowerCase(Locale.ROOT).split(",", -1)) {
            left.add(name.strip());
        }
        left.remove("");
        boolean none = left.remove("none");
        boolean baggage = left.remove("baggage");
        List<PropagationFormat> formats = new ArrayList<>();
        for (String name : List.copyOf(left)) {
            for (PropagationFormat format : PropagationFormat.values()) {
                if (format.otelName().equals(name)) {
                    formats.add(format);
                    left.remove(name);
                }
            }
        }
        if (!left.isEmpty()) {
            LOG.warn(
                    "OTEL_PROPAGATORS names {}, which Cruddur Obs does not know. It knows xray, tracecontext, b3, b3multi,"
                            + " baggage and none.",
                    left);
        }
        boolean saysNothing = !none && !baggage && formats.isEmpty();
        return saysNothing ? DEFAULT : new Propagation(formats, formats, baggage);
    }
}
