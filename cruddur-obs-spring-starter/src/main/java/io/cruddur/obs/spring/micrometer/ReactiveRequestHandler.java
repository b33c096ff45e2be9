package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.propagation.XAmznTraceId;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SpanNode;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Spring's observation of a reactive request makes its segment: it sees the request first and the final answer last,
 * where a {@code WebFilter} would not see what an error handler makes of an exception. It continues a trusted caller's
 * trace, and tells the caller its trace id. Nothing here throws. Thread-safe.
 */
final class ReactiveRequestHandler implements TracingObservationHandler<ServerRequestObservationContext> {
    private static final Logger LOG = LoggerFactory.getLogger(ReactiveRequestHandler.class);

    private static final String ROUTE = "http_route";

    private final Tracer tracer;
    private final TrustedPeers peers;

    ReactiveRequestHandler(Tracer tracer, TrustedPeers peers) {
        this.tracer = tracer;
        this.peers = peers;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext;
    }

    @Override
    public void onStart(ServerRequestObservationContext context) {
        ServerHttpRequest request = context.getCarrier();
        if (request == null || !(tracer instanceof BridgeTracer bridge)) {
            return;
        }
        try {
            var facts = ReactiveRequest.of(request, peers);
            Obs obs = bridge.obs();
            RemoteParent remote = facts.trusted() ? bridge.engine().extract(facts::header) : null;
            BridgeContext segment = bridge.beginRoot(obs.segmentName(facts.host()), Kind.SERVER, remote, facts);
            getTracingContext(context).setSpan(bridge.span(segment));
            describe(segment, facts, context.getResponse());
        } catch (Throwable e) {
            LOG.debug("A request is not traced, or lacks a part", e);
        }
    }

    private static void describe(BridgeContext segment, ReactiveRequest facts, @Nullable ServerHttpResponse response) {
        if (segment instanceof BridgeContext.Recorded recorded) {
            facts.describe(recorded.node());
        }
        if (response != null) {
            response.getHeaders()
                    .set(
                            XAmznTraceId.NAME,
                            XAmznTraceId.format(
                                    segment.traceIdHigh(),
                                    segment.traceIdLow(),
                                    0,
                                    Boolean.TRUE.equals(segment.sampled())));
        }
    }

    @Override
    public void onEvent(Observation.Event event, ServerRequestObservationContext context) {
        Span segment = getTracingContext(context).getSpan();
        if (segment != null) {
            segment.event(event.getContextualName());
        }
    }

    /** An exception is a part of the segment only if the answer is a failure, which is known at the end. */
    @Override
    public void onError(ServerRequestObservationContext context) {}

    @Override
    public void onStop(ServerRequestObservationContext context) {
        SpanNode segment = ServletRequestHandler.node(getTracingContext(context).getSpan());
        getTracingContext(context).close();
        if (segment == null) {
            return;
        }
        try {
            conclude(segment, context);
        } catch (Throwable e) {
            LOG.debug("A segment lacks a part of its answer", e);
        } finally {
            segment.end();
        }
    }

    private static void conclude(SpanNode segment, ServerRequestObservationContext context) {
        ServerTags.put(segment, context.getAllKeyValues());
        String route = context.getPathPattern();
        if (route != null && !route.isEmpty()) {
            segment.putAnnotation(ROUTE, route);
        }
        ServerHttpResponse response = context.getResponse();
        HttpStatusCode status = response == null ? null : response.getStatusCode();
        // Nothing was said: that is how an answer without a failure leaves it.
        int code = status == null ? 200 : status.value();
        if (!context.isConnectionAborted()) {
            segment.putHttpResponse(
                    code, response == null ? -1 : response.getHeaders().getContentLength());
        }
        if (context.getError() != null && code >= ServerTags.FIRST_FAILURE) {
            segment.putException(context.getError());
        }
    }
}
