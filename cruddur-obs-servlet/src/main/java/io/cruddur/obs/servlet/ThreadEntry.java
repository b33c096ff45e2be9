package io.cruddur.obs.servlet;

import io.cruddur.obs.trace.Continuation;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SpanFactory;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.Tree;
import io.cruddur.obs.trace.UnsampledFrame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request's stay on a container's thread. Leaving gives the thread back as it came, whatever is open still: the
 * segment of an asynchronous request, which ends elsewhere, or a span that the application forgot. Otherwise a pool's
 * thread would hold on to each of them, and lend their ids to strangers.
 */
final class ThreadEntry {
    /** A span that is over: entered, it makes nothing current. */
    private static final Continuation NOTHING = nothing();

    private ThreadEntry() {}

    static Continuation.Scope enter() {
        return NOTHING.enter();
    }

    private static Continuation nothing() {
        var tracer = new Tracer(Sampler.always(), 0, new Spans(), tree -> {});
        var span = (Ended) tracer.beginRoot("", Kind.INTERNAL, null);
        Continuation here = Objects.requireNonNull(tracer.capture());
        span.close();
        return here;
    }

    private static final class Ended extends SpanNode {
        Ended(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
            super(tree, parent, name, kind);
        }

        void close() {
            end();
        }
    }

    private static final class Spans implements SpanFactory {
        @Override
        public SpanNode recorded(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
            return new Ended(tree, parent, name, kind);
        }

        @Override
        public UnsampledFrame unsampled(Tracer tracer, long traceIdHigh, long traceIdLow) {
            throw new UnsupportedOperationException("this tracer records");
        }
    }
}
