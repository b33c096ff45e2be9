package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.servlet.RefusedRequest;
import io.cruddur.obs.trace.SpanNode;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Spring's observation of a servlet request: no second segment, for the filter has begun one. It says there what went
 * wrong and what a convention of the application's own says, and is the parent of what is observed in it. Thread-safe.
 */
final class ServletRequestHandler implements TracingObservationHandler<ServerRequestObservationContext> {
    private final Tracer tracer;

    ServletRequestHandler(Tracer tracer) {
        this.tracer = tracer;
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
        Span segment = tracer.currentSpan();
        // Where a path is excluded there is none.
        if (segment != null) {
            getTracingContext(context).setSpan(segment);
        }
    }

    @Override
    public void onEvent(Observation.Event event, ServerRequestObservationContext context) {
        Span segment = getTracingContext(context).getSpan();
        if (segment != null) {
            segment.event(event.getContextualName());
        }
    }

    /** Whether it is a part of the segment depends on the answer, which is known at the end. */
    @Override
    public void onError(ServerRequestObservationContext context) {}

    @Override
    public void onStop(ServerRequestObservationContext context) {
        SpanNode segment = node(getTracingContext(context).getSpan());
        getTracingContext(context).close();
        if (segment != null) {
            ServerTags.put(segment, context.getAllKeyValues());
            int status =
                    context.getResponse() == null ? 0 : context.getResponse().getStatus();
            Throwable error = context.getError();
            // Spring makes it a 500, and the server then what it is.
            if (error != null && status >= ServerTags.FIRST_FAULT && RefusedRequest.status(error) == 0) {
                segment.putException(error);
            }
        }
    }

    static @Nullable SpanNode node(@Nullable Span span) {
        return span instanceof BridgeSpan recorded ? recorded.node() : null;
    }
}
