package io.cruddur.obs.benchmarks.peer;

import brave.Span;
import brave.Tracer;
import brave.Tracer.SpanInScope;
import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Brave 6, with a handler that throws finished spans away. */
@State(Scope.Benchmark)
@SuppressWarnings("try") // scopes are opened for what they do, not to be read
public abstract class BraveTracing {
    final Discarding finished = new Discarding();
    private final Sampler sampler;
    private Tracing tracing;
    private Tracer tracer;

    private BraveTracing(Sampler sampler) {
        this.sampler = sampler;
    }

    @Setup
    public void start() {
        tracing = Tracing.newBuilder()
                .localServiceName("benchmark")
                .sampler(sampler)
                .addSpanHandler(finished)
                .build();
        tracer = tracing.tracer();
    }

    @TearDown
    public void stop() {
        tracing.close();
    }

    /** The work of P1 and P2. */
    public void request() {
        Span root = tracer.nextSpan().name("request").kind(Span.Kind.SERVER).start();
        try (SpanInScope inRoot = tracer.withSpanInScope(root)) {
            root.tag("URI", "/api/activities/home").tag("user", "andrewbrown");
            Span first = tracer.nextSpan().name("first").start();
            try (SpanInScope inFirst = tracer.withSpanInScope(first)) {
                first.tag("a", "1").tag("b", "2").tag("m", "v");
                Span second = tracer.nextSpan().name("second").start();
                try (SpanInScope inSecond = tracer.withSpanInScope(second)) {
                    second.tag("c", "3").tag("m", "v");
                    Span third = tracer.nextSpan().name("third").start();
                    try (SpanInScope inThird = tracer.withSpanInScope(third)) {
                        third.tag("d", "4").tag("m", "v");
                    } finally {
                        third.finish();
                    }
                } finally {
                    second.finish();
                }
            } finally {
                first.finish();
            }
        } finally {
            root.finish();
        }
    }

    /** Every trace is recorded. */
    public static class Recorded extends BraveTracing {
        public Recorded() {
            super(Sampler.ALWAYS_SAMPLE);
        }
    }

    /** No trace is recorded. */
    public static class Unsampled extends BraveTracing {
        public Unsampled() {
            super(Sampler.NEVER_SAMPLE);
        }
    }

    /** Without a handler Brave logs each span, and with its own no-op it records none. */
    static final class Discarding extends SpanHandler {
        private @Nullable String last;

        /** The name of the span that ended last. */
        @Nullable String last() {
            return last;
        }

        @Override
        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
            last = span.name();
            return true;
        }
    }
}
