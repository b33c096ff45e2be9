package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Frame;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the baggage: in scope it is carried by what is current on the thread, or by the place that it was made for.
 * Where nothing is current there is nothing to carry it; that is counted. Used by one thread.
 */
final class BridgeBaggage implements io.micrometer.tracing.Baggage, BaggageInScope {
    private final BridgeTracer tracer;
    private final String name;
    private final @Nullable BridgeContext place;
    private @Nullable String next;
    private @Nullable String before;
    private @Nullable Frame frame;
    private boolean inScope;

    BridgeBaggage(BridgeTracer tracer, String name, @Nullable BridgeContext place) {
        this.tracer = tracer;
        this.name = name;
        this.place = place;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String get() {
        BridgeContext where = place == null ? tracer.current() : place;
        return where == null ? next : valueAt(where);
    }

    @Override
    public @Nullable String get(TraceContext traceContext) {
        BridgeContext where = BridgeContext.of(traceContext);
        return where == null ? null : valueAt(where);
    }

    private @Nullable String valueAt(BridgeContext where) {
        return tracer.baggageOf(where).asMap().get(name);
    }

    @Override
    @Deprecated
    public io.micrometer.tracing.Baggage set(@Nullable String value) {
        next = value;
        put(value);
        return this;
    }

    @Override
    @Deprecated
    public io.micrometer.tracing.Baggage set(TraceContext traceContext, @Nullable String value) {
        new BridgeBaggage(tracer, name, BridgeContext.of(traceContext)).set(value);
        return this;
    }

    @Override
    public BaggageInScope makeCurrent() {
        return makeCurrent(next == null ? get() : next);
    }

    @Override
    public BaggageInScope makeCurrent(@Nullable String value) {
        before = get();
        inScope = true;
        put(value);
        tracer.fields().tag(place == null ? tracer.current() : place, name, value);
        return this;
    }

    @Override
    public BaggageInScope makeCurrent(TraceContext traceContext, @Nullable String value) {
        return new BridgeBaggage(tracer, name, BridgeContext.of(traceContext)).makeCurrent(value);
    }

    /** What the value was before, if what carries it is still there. */
    @Override
    public void close() {
        if (inScope) {
            inScope = false;
            put(before);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an entry of a thread is itself alone
    private void put(@Nullable String value) {
        Frame here = tracer.currentFrame();
        boolean carries =
                here != null && (place == null || place.isCurrentIn(here)) && (frame == null || frame == here);
        if (here != null && carries) {
            Baggage changed = changed(here.carried().baggage(), value);
            if (changed != null) {
                frame = here;
                here.carry(changed);
            }
        }
        if (place != null) {
            Baggage changed = changed(place.carried().baggage(), value);
            if (changed != null) {
                place.carry(changed);
            }
        } else if (here == null && value != null) {
            tracer.engine().adjustments().count(Adjustment.BAGGAGE_DROPPED, name);
        }
    }

    private @Nullable Baggage changed(Baggage present, @Nullable String value) {
        if (value == null) {
            return present.without(name);
        }
        Baggage with = present.with(name, value);
        if (with == null) {
            tracer.engine().adjustments().count(Adjustment.BAGGAGE_DROPPED, name);
        }
        return with;
    }
}
