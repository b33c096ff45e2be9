package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Tracer;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

/**
 * Carries what is current to another thread where the accessor of observations does not: a span that was begun without
 * one, and baggage. It knows no application, for there is one in the process whatever runs in it. Thread-safe.
 */
final class CurrentSpanAccessor implements ThreadLocalAccessor<CurrentSpanAccessor.Held> {
    static final String KEY = "cruddur.obs";

    /** What was current, and whose it was. */
    record Held(Tracer tracer, BridgeContext context) {}

    /** What each call here has entered, to be left by the call that undoes it; nothing on nearly all threads. */
    private record Entry(
            @Nullable Tracer tracer,
            @Nullable Frame frame,
            @Nullable Entry below) {}

    private final ThreadLocal<@Nullable Entry> entered = new ThreadLocal<>();

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Held getValue() {
        Frame frame = Frame.current();
        Tracer tracer = frame == null ? null : frame.tracer();
        BridgeContext context = BridgeContext.in(frame);
        if (tracer == null || context == null || (context.carried().baggage().isEmpty() && isObserved(context))) {
            return null;
        }
        return new Held(tracer, context);
    }

    private static boolean isObserved(BridgeContext context) {
        Observation observation = ObservationThreadLocalAccessor.getInstance().getValue();
        TracingContext tracing =
                observation == null ? null : observation.getContext().get(TracingContext.class);
        return tracing != null
                && tracing.getSpan() != null
                && context.equals(tracing.getSpan().context());
    }

    @Override
    public void setValue(Held value) {
        entered.set(new Entry(value.tracer, value.context.enter(value.tracer), entered.get()));
    }

    /** Nothing was carried: what the accessor of observations has made of it stays. */
    @Override
    public void setValue() {
        entered.set(new Entry(null, null, entered.get()));
    }

    @Override
    public void restore(Held previousValue) {
        restore();
    }

    @Override
    public void restore() {
        Entry innermost = entered.get();
        if (innermost == null) {
            return;
        }
        if (innermost.tracer != null && innermost.frame != null) {
            innermost.tracer.leave(innermost.frame);
        }
        if (innermost.below == null) {
            entered.remove();
        } else {
            entered.set(innermost.below);
        }
    }
}
