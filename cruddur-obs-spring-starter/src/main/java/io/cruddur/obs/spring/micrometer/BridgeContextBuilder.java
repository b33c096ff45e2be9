package io.cruddur.obs.spring.micrometer;

import io.micrometer.tracing.TraceContext;
import org.jspecify.annotations.Nullable;

/** Builds a place in another process from its ids. What is no id gives a place that nothing goes on with. */
final class BridgeContextBuilder implements TraceContext.Builder {
    private @Nullable String traceId;
    private @Nullable String spanId;
    private @Nullable Boolean sampled;

    @Override
    public TraceContext.Builder traceId(String value) {
        traceId = value;
        return this;
    }

    /** Of no use: who goes on with a span does not need to know what that is under. */
    @Override
    public TraceContext.Builder parentId(String value) {
        return this;
    }

    @Override
    public TraceContext.Builder spanId(String value) {
        spanId = value;
        return this;
    }

    @Override
    public TraceContext.Builder sampled(@Nullable Boolean value) {
        sampled = value;
        return this;
    }

    @Override
    public TraceContext build() {
        TraceContext built = BridgeContext.Remote.parse(traceId, spanId, sampled);
        return built == null ? TraceContext.NOOP : built;
    }
}
