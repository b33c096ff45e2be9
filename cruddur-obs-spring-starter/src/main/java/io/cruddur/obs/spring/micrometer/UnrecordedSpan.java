package io.cruddur.obs.spring.micrometer;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span of which nothing is kept here: of a trace that is not recorded, or of another process. */
final class UnrecordedSpan implements Span {
    private final BridgeContext context;

    UnrecordedSpan(BridgeContext context) {
        this.context = context;
    }

    @Override
    public boolean isNoop() {
        return true;
    }

    @Override
    public TraceContext context() {
        return context;
    }

    @Override
    public Span start() {
        return this;
    }

    @Override
    public Span name(String name) {
        return this;
    }

    @Override
    public Span event(String value) {
        return this;
    }

    @Override
    public Span event(String value, long time, TimeUnit timeUnit) {
        return this;
    }

    @Override
    public Span tag(String key, String value) {
        return this;
    }

    @Override
    public Span tag(String key, long value) {
        return this;
    }

    @Override
    public Span tag(String key, double value) {
        return this;
    }

    @Override
    public Span tag(String key, boolean value) {
        return this;
    }

    @Override
    public Span error(Throwable throwable) {
        return this;
    }

    @Override
    public void end() {}

    @Override
    public void end(long time, TimeUnit timeUnit) {}

    @Override
    public void abandon() {}

    @Override
    public Span remoteServiceName(String remoteServiceName) {
        return this;
    }

    @Override
    public Span remoteIpAndPort(String ip, int port) {
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnrecordedSpan that && context.equals(that.context);
    }

    @Override
    public int hashCode() {
        return context.hashCode();
    }

    @Override
    public String toString() {
        return context.toString();
    }
}
