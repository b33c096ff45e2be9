package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Obs;
import io.cruddur.obs.trace.Frame;
import io.micrometer.tracing.CurrentTraceContext;
import io.micrometer.tracing.TraceContext;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** What is current on the calling thread, and how it becomes something else. Thread-safe. */
record BridgeCurrentTraceContext(BridgeTracer tracer, Obs obs) implements CurrentTraceContext {

    @Override
    public @Nullable TraceContext context() {
        return tracer.current();
    }

    @Override
    public Scope newScope(@Nullable TraceContext context) {
        BridgeContext place = BridgeContext.of(context);
        if (place == null) {
            // Scopes of nothing are not always closed: over nothing they must not pile up.
            return tracer.current() == null ? Scope.NOOP : scope(tracer.engine().enterNothing());
        }
        return scope(place.enter(tracer.engine()));
    }

    @Override
    public Scope maybeScope(@Nullable TraceContext context) {
        BridgeContext place = BridgeContext.of(context);
        return place != null && place.isCurrentIn(tracer.currentFrame()) ? Scope.NOOP : newScope(place);
    }

    private Scope scope(Frame entered) {
        return () -> tracer.engine().leave(entered);
    }

    @Override
    public <C> Callable<C> wrap(Callable<C> task) {
        return obs.wrap(task);
    }

    @Override
    public Runnable wrap(Runnable task) {
        return obs.wrap(task);
    }

    @Override
    public Executor wrap(Executor delegate) {
        return obs.wrap(delegate);
    }

    @Override
    public ExecutorService wrap(ExecutorService delegate) {
        return obs.wrap(delegate);
    }
}
