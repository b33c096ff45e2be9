package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanIds;
import io.cruddur.obs.trace.SpanNode;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what a span begins with. Used by one thread. */
final class BridgeSpanBuilder implements Span.Builder {
    private final BridgeTracer tracer;
    private final List<Consumer<Span>> said = new ArrayList<>(2);
    private final List<SpanIds> links = new ArrayList<>(0);
    private @Nullable BridgeContext parent;
    private boolean noParent;
    private String name = BridgeTracer.UNNAMED;
    private Kind kind = Kind.INTERNAL;
    private long startMicros;

    BridgeSpanBuilder(BridgeTracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Span.Builder setParent(@Nullable TraceContext context) {
        parent = BridgeContext.of(context);
        return this;
    }

    @Override
    public Span.Builder setNoParent() {
        noParent = true;
        return this;
    }

    @Override
    public Span.Builder name(String value) {
        name = value == null ? name : value;
        return this;
    }

    @Override
    public Span.Builder event(String value) {
        said.add(span -> span.event(value));
        return this;
    }

    @Override
    public Span.Builder tag(String key, String value) {
        said.add(span -> span.tag(key, value));
        return this;
    }

    @Override
    public Span.Builder tag(String key, long value) {
        said.add(span -> span.tag(key, value));
        return this;
    }

    @Override
    public Span.Builder tag(String key, double value) {
        said.add(span -> span.tag(key, value));
        return this;
    }

    @Override
    public Span.Builder tag(String key, boolean value) {
        said.add(span -> span.tag(key, value));
        return this;
    }

    @Override
    public Span.Builder error(Throwable throwable) {
        said.add(span -> span.error(throwable));
        return this;
    }

    @Override
    public Span.Builder kind(Span.@Nullable Kind value) {
        kind = value == null ? Kind.INTERNAL : Kind.valueOf(value.name());
        return this;
    }

    @Override
    public Span.Builder remoteServiceName(String value) {
        said.add(span -> span.remoteServiceName(value));
        return this;
    }

    @Override
    public Span.Builder remoteIpAndPort(String ip, int port) {
        said.add(span -> span.remoteIpAndPort(ip, port));
        return this;
    }

    @Override
    public Span.Builder startTimestamp(long time, TimeUnit unit) {
        startMicros = unit.toMicros(time);
        return this;
    }

    /** The other span's ids; X-Ray keeps no tags of a link. */
    @Override
    public Span.Builder addLink(Link link) {
        BridgeContext other = BridgeContext.of(link.getTraceContext());
        if (other != null) {
            links.add(new SpanIds(other.traceIdHigh(), other.traceIdLow(), other.spanIdBits()));
        }
        return this;
    }

    @Override
    public Span start() {
        Span span = noParent ? tracer.begin(null, name, kind) : tracer.beginUnder(parentNow(), name, kind);
        if (span instanceof BridgeSpan recorded) {
            SpanNode node = recorded.node();
            if (startMicros > 0) {
                node.startedAt(startMicros);
            }
            links.forEach(node::putLink);
        }
        said.forEach(each -> each.accept(span));
        return span;
    }

    private @Nullable BridgeContext parentNow() {
        return parent == null ? tracer.current() : parent;
    }
}
