package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.ErrorReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.propagation.XAmznTraceId;
import io.cruddur.obs.servlet.AccessLog;
import io.cruddur.obs.servlet.PathGlobs;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SpanNode;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.ErrorResponse;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Spring's observation of a reactive request makes its segment: it sees the request first and the final answer last,
 * where a {@code WebFilter} would not see what an error handler makes of an exception. It continues a trusted caller's
 * trace, tells the caller its trace id, and writes the access line. Nothing here throws. Thread-safe.
 */
@SuppressWarnings("try") // a scope is opened for what it does
final class ReactiveRequestHandler implements TracingObservationHandler<ServerRequestObservationContext> {
    private static final Logger LOG = LoggerFactory.getLogger(ReactiveRequestHandler.class);

    private static final String ROUTE = "http_route";
    private static final String HANDLED = ReactiveRequestHandler.class.getName() + ".handled";
    private static final String DISCONNECTED = "client_disconnected";

    /** The line of a request that is to come at its end. */
    private record Line(ReactiveRequest request, long startNanos) {}

    private final Tracer tracer;
    private final ReactivePeers peers;
    private final PathGlobs excluded;
    private final AccessLog accessLog;

    ReactiveRequestHandler(Tracer tracer, ReactivePeers peers, PathGlobs excluded, AccessLog accessLog) {
        this.tracer = tracer;
        this.peers = peers;
        this.excluded = excluded;
        this.accessLog = accessLog;
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
            String path = ReactiveRequest.decodedPath(request);
            if (excluded.match(path)) {
                return;
            }
            var facts = ReactiveRequest.of(request, peers);
            Obs obs = bridge.obs();
            RemoteParent remote = facts.trusted() ? bridge.engine().extract(facts::header) : null;
            BridgeContext segment = bridge.beginRoot(obs.segmentName(facts.host()), Kind.SERVER, remote, facts);
            getTracingContext(context).setSpan(bridge.span(segment));
            if (accessLog.covers(path)) {
                context.put(Line.class, new Line(facts, System.nanoTime()));
            }
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

    /** Only what an error handler of the application has dealt with comes this way; the rest is found at the end. */
    @Override
    public void onError(ServerRequestObservationContext context) {
        context.put(HANDLED, true);
    }

    @Override
    public void onStop(ServerRequestObservationContext context) {
        Span span = getTracingContext(context).getSpan();
        getTracingContext(context).close();
        if (span == null) {
            return;
        }
        try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
            conclude(ServletRequestHandler.node(span), context);
        } catch (Throwable e) {
            LOG.debug("A segment lacks a part of its answer", e);
        } finally {
            span.end();
        }
    }

    private void conclude(@Nullable SpanNode segment, ServerRequestObservationContext context) {
        Throwable error = context.getError();
        boolean gone = context.isConnectionAborted()
                || DisconnectedClientHelper.isClientDisconnectedException(error)
                || isReset(error);
        int status = status(context.getResponse());
        if (segment != null) {
            describe(segment, context, gone, status);
        }
        String uuid = !gone && error != null && hasEscaped(context, error, status) ? report(error, context) : null;
        if (context.get(Line.class) instanceof Line line) {
            write(line, context, status, uuid);
        }
    }

    private void write(Line line, ServerRequestObservationContext context, int status, @Nullable String errorUuid) {
        accessLog.write(
                line.request(),
                route(context),
                status,
                bytes(context.getResponse()),
                System.nanoTime() - line.startNanos(),
                errorUuid);
    }

    /** Netty cuts the stack of what a connection itself has thrown down to the socket's own frame. */
    private static boolean isReset(@Nullable Throwable error) {
        return error instanceof SocketException
                && "Connection reset".equals(error.getMessage())
                && error.getStackTrace().length <= 1;
    }

    private static void describe(SpanNode segment, ServerRequestObservationContext context, boolean gone, int status) {
        ServerTags.put(segment, context.getAllKeyValues());
        String route = route(context);
        if (route != null) {
            segment.putAnnotation(ROUTE, route);
        }
        if (gone) {
            // Nobody failed, and nobody is there to get an answer.
            segment.putAnnotation(DISCONNECTED, true);
            return;
        }
        segment.putHttpResponse(status, bytes(context.getResponse()));
        if (context.getError() != null && status >= ServerTags.FIRST_FAULT) {
            segment.putException(context.getError());
        }
    }

    private static @Nullable String route(ServerRequestObservationContext context) {
        String pattern = context.getPathPattern();
        return pattern == null || pattern.isEmpty() ? null : pattern;
    }

    private static long bytes(@Nullable ServerHttpResponse response) {
        return response == null ? -1 : response.getHeaders().getContentLength();
    }

    /** Where nothing was said, it is what the server says then. */
    private static int status(@Nullable ServerHttpResponse response) {
        HttpStatusCode status = response == null ? null : response.getStatusCode();
        return status == null ? 200 : status.value();
    }

    /**
     * Not what was made an answer by the application, or says itself that it is the client's failure. After the first bytes
     * of an answer its status tells nothing any more.
     */
    private static boolean hasEscaped(ServerRequestObservationContext context, Throwable error, int status) {
        if (error instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
            return false;
        }
        boolean handled = context.containsKey(HANDLED);
        return !handled || status >= ServerTags.FIRST_FAULT;
    }

    /** Gives the uuid of the item; null where none is sent. */
    private @Nullable String report(Throwable error, ServerRequestObservationContext context) {
        ServerHttpRequest request = context.getCarrier();
        if (request == null || !(tracer instanceof BridgeTracer bridge)) {
            return null;
        }
        var facts = ReactiveRequest.of(request, peers);
        String route = route(context);
        ErrorReport report = bridge.obs()
                .error(error)
                .request(facts.toHttpRequest())
                .context(route == null ? null : facts.method() + ' ' + route);
        return (context.containsKey(HANDLED) ? report : report.uncaught()).report();
    }
}
