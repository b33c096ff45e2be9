package io.cruddur.obs.spring.micrometer;

import io.micrometer.tracing.CurrentTraceContext;
import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;

/** A span that is current until it ends. */
record BridgeScopedSpan(Span span, CurrentTraceContext.Scope scope) implements ScopedSpan {
    @Override
    public boolean isNoop() {
        return span.isNoop();
    }

    @Override
    public TraceContext context() {
        return span.context();
    }

    @Override
    public ScopedSpan name(String name) {
        span.name(name);
        return this;
    }

    @Override
    public ScopedSpan tag(String key, String value) {
        span.tag(key, value);
        return this;
    }

    @Override
    public ScopedSpan event(String value) {
        span.event(value);
        return this;
    }

    @Override
    public ScopedSpan error(Throwable throwable) {
        span.error(throwable);
        return this;
    }

    @Override
    public void end() {
        scope.close();
        span.end();
    }
}
