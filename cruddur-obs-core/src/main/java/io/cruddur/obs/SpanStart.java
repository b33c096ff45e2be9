package io.cruddur.obs;

import io.cruddur.obs.trace.FirstAttributes;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SamplingDecision;
import io.cruddur.obs.trace.Tracer;
import org.jspecify.annotations.Nullable;

/** Begins the span that a {@link SpanBuilder} describes. */
final class SpanStart {
    private SpanStart() {}

    static Span begin(@Nullable Tracer tracer, String name, SpanOptions options) {
        if (tracer == null) {
            return NoopSpan.INSTANCE;
        }
        Frame frame = options.newTrace ? null : tracer.currentFrame();
        Span span = frame == null ? beginRoot(tracer, name, options) : beginChild(tracer, frame, name, options);
        FirstAttributes attributes = options.first;
        if (attributes != null && span instanceof RecordingSpan recorded) {
            recorded.begin(attributes);
        }
        return span;
    }

    private static Span beginChild(Tracer tracer, Frame frame, String name, SpanOptions options) {
        if (!frame.sampled()) {
            return UnsampledSpan.childIn(frame);
        }
        Span child = (Span) tracer.beginChild(frame, name, options.kind);
        return child == null ? NoopSpan.INSTANCE : child;
    }

    private static Span beginRoot(Tracer tracer, String name, SpanOptions options) {
        RemoteParent invocation = options.remote == null && !options.newTrace ? tracer.invocation() : null;
        if (invocation != null) {
            return Boolean.TRUE.equals(invocation.sampled())
                    ? (Span) tracer.beginUnder(invocation, name, options.kind)
                    : (Span) tracer.beginUnsampled(invocation);
        }
        SamplingDecision decision = tracer.decide(name, options.remote, options.request);
        return decision.sampled()
                ? (Span) tracer.beginRoot(name, options.kind, options.remote, decision.rule())
                : (Span) tracer.beginUnsampled(options.remote);
    }
}
