package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.SpanNode;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A recorded span. Tags are annotations; what tells of an HTTP call or of a statement becomes the http or sql block of a
 * client span. A span that calls another service is named by that, as X-Ray's service map wants it, and keeps its own name
 * as the annotation {@code operation}. As thread-safe as the span below, but for the words about a call, which are its
 * beginner's to say.
 */
final class BridgeSpan implements Span {
    private static final String OPERATION = "operation";

    private final BridgeContext.Recorded context;
    private final SpanNode node;
    private @Nullable HttpFacts http;
    private @Nullable SqlFacts sql;
    private @Nullable String remoteService;

    BridgeSpan(BridgeContext.Recorded context) {
        this.context = context;
        this.node = context.node();
    }

    /** What begins a span that is to call another service says of it. */
    static BridgeSpan beginning(BridgeContext.Recorded context, boolean sendsStatements) {
        var span = new BridgeSpan(context);
        if (span.node.kind() == io.cruddur.obs.trace.Kind.CLIENT) {
            span.http = new HttpFacts();
            span.sql = new SqlFacts(sendsStatements);
        }
        return span;
    }

    SpanNode node() {
        return node;
    }

    @Override
    public boolean isNoop() {
        return false;
    }

    @Override
    public TraceContext context() {
        return context;
    }

    /** It began when it was made. */
    @Override
    public Span start() {
        return this;
    }

    @Override
    public Span name(String name) {
        node.name(name);
        return this;
    }

    @Override
    public Span event(String value) {
        Events.add(node, value);
        return this;
    }

    @Override
    public Span event(String value, long time, TimeUnit timeUnit) {
        Events.add(node, value, timeUnit.toMicros(time));
        return this;
    }

    @Override
    @SuppressWarnings("ConstantValue") // callers without a checker pass null
    public Span tag(String key, String value) {
        if (key != null && value != null && !isOfCall(key, value)) {
            Tags.put(node, key, value);
        }
        return this;
    }

    private boolean isOfCall(String key, String value) {
        return (http != null && http.take(key, value)) || (sql != null && sql.take(key, value));
    }

    @Override
    public Span tag(String key, long value) {
        Tags.put(node, key, value);
        return this;
    }

    @Override
    public Span tag(String key, double value) {
        Tags.put(node, key, value);
        return this;
    }

    @Override
    public Span tag(String key, boolean value) {
        Tags.put(node, key, value);
        return this;
    }

    @Override
    public Span error(Throwable throwable) {
        if (throwable != null) {
            node.putException(throwable);
        }
        return this;
    }

    @Override
    public Span remoteServiceName(String name) {
        remoteService = name;
        return this;
    }

    @Override
    public Span remoteIpAndPort(String ip, int port) {
        if (ip != null) {
            Tags.put(node, "network.peer.address", ip);
            Tags.put(node, "network.peer.port", (long) port);
        }
        return this;
    }

    @Override
    public void end() {
        conclude();
        node.end();
    }

    @Override
    public void end(long time, TimeUnit timeUnit) {
        conclude();
        node.endAt(timeUnit.toMicros(time));
    }

    /** It ends, since it may have children by now. */
    @Override
    public void abandon() {
        end();
    }

    private void conclude() {
        if (http != null) {
            http.putOn(node);
        }
        if (sql != null) {
            sql.putOn(node, remoteService);
        }
        String other = remoteService != null || http == null ? remoteService : http.host();
        if (other == null) {
            return;
        }
        if (node.kind().isRemoteCall()) {
            String own = node.name();
            node.name(other);
            if (http == null || !http.isSaidBy(own)) {
                Tags.put(node, OPERATION, own);
            }
        } else {
            Tags.put(node, "peer.service", other);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a span is itself alone
    public boolean equals(@Nullable Object other) {
        return other instanceof BridgeSpan that && node == that.node;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(node);
    }

    @Override
    public String toString() {
        return node.name() + ' ' + context;
    }
}
