package io.cruddur.obs;

import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanFactory;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.Tree;
import io.cruddur.obs.trace.UnsampledFrame;
import org.jspecify.annotations.Nullable;

/** Makes the engine's spans in the API's classes. */
enum ApiSpans implements SpanFactory {
    INSTANCE;

    @Override
    public SpanNode recorded(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
        return new RecordingSpan(tree, parent, name, kind);
    }

    @Override
    public UnsampledFrame unsampled(Tracer tracer, long traceIdHigh, long traceIdLow) {
        return new UnsampledSpan(tracer, traceIdHigh, traceIdLow);
    }
}
