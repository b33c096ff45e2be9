package io.cruddur.obs.spring.micrometer;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.SpanCustomizer;
import io.micrometer.tracing.Tracer;

/** Says things of whatever span is current on the calling thread; nothing where none is. */
record CurrentSpanCustomizer(Tracer tracer) implements SpanCustomizer {
    private Span span() {
        Span current = tracer.currentSpan();
        return current == null ? Span.NOOP : current;
    }

    @Override
    public SpanCustomizer name(String name) {
        span().name(name);
        return this;
    }

    @Override
    public SpanCustomizer tag(String key, String value) {
        span().tag(key, value);
        return this;
    }

    @Override
    public SpanCustomizer tag(String key, long value) {
        span().tag(key, value);
        return this;
    }

    @Override
    public SpanCustomizer tag(String key, double value) {
        span().tag(key, value);
        return this;
    }

    @Override
    public SpanCustomizer tag(String key, boolean value) {
        span().tag(key, value);
        return this;
    }

    @Override
    public SpanCustomizer event(String value) {
        span().event(value);
        return this;
    }
}
