package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** Makes the span objects of the API, which are the nodes of the engine: one object a span, not two. */
public interface SpanFactory {
    /** A recorded span. */
    SpanNode recorded(Tree tree, @Nullable SpanNode parent, String name, Kind kind);

    /** A local root that is not recorded. */
    UnsampledFrame unsampled(Tracer tracer, long traceIdHigh, long traceIdLow);
}
