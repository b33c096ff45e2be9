package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Engine;
import io.cruddur.obs.Obs;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

/** Micrometer Tracing over an {@link Obs}, for an application that sets up its observations itself. */
public final class MicrometerBridge {
    private MicrometerBridge() {}

    /**
     * A tracer whose spans are those of the given {@link Obs}, without the text of statements; while that is off, one that
     * does nothing. Thread-safe.
     */
    public static Tracer tracer(Obs obs) {
        return tracer(obs, BaggageFields.NONE, false);
    }

    static Tracer tracer(Obs obs, BaggageFields fields, boolean sendsStatements) {
        Engine engine = Engine.of(obs);
        return engine == null ? Tracer.NOOP : new BridgeTracer(obs, engine, fields, sendsStatements);
    }

    /** What reads and writes headers for such a tracer; for any other, one that does nothing. Thread-safe. */
    public static Propagator propagator(Tracer tracer) {
        return tracer instanceof BridgeTracer bridge ? bridge.propagator() : Propagator.NOOP;
    }
}
