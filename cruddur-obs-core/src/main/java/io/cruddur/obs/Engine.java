package io.cruddur.obs;

import io.cruddur.obs.propagation.Propagator;
import io.cruddur.obs.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@link Obs} that a bridge to another tracing API is built on. Applications do not need it, and it
 * changes with the engine. Immutable.
 *
 * @param tracer begins spans and knows what is current
 * @param propagator reads and writes headers
 */
public record Engine(Tracer tracer, Propagator propagator) {

    /** That of an {@link Obs}; null while it is off. */
    public static @Nullable Engine of(Obs obs) {
        return obs.engine();
    }
}
