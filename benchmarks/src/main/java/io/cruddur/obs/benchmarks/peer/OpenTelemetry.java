package io.cruddur.obs.benchmarks.peer;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The OpenTelemetry SDK, used by hand. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@SuppressWarnings("try") // scopes are opened for what they do, not to be read
public abstract class OpenTelemetry {
    final DiscardingProcessor finished = new DiscardingProcessor();
    private final Sampler sampler;
    private SdkTracerProvider provider;
    private Tracer tracer;

    private OpenTelemetry(Sampler sampler) {
        this.sampler = sampler;
    }

    /** How spans leave; by default they do not. */
    void export(SdkTracerProviderBuilder builder) {
        builder.addSpanProcessor(finished);
    }

    @Setup
    public void start() throws IOException {
        SdkTracerProviderBuilder builder = SdkTracerProvider.builder().setSampler(sampler);
        export(builder);
        provider = builder.build();
        tracer = provider.get("benchmark");
    }

    @TearDown
    public void stop() {
        provider.shutdown().join(2, TimeUnit.SECONDS);
    }

    /** The work of P1 and P2. */
    public void request() {
        Span root = tracer.spanBuilder("request").setSpanKind(SpanKind.SERVER).startSpan();
        try (Scope inRoot = root.makeCurrent()) {
            root.setAttribute("URI", "/api/activities/home").setAttribute("user", "andrewbrown");
            Span first = tracer.spanBuilder("first").startSpan();
            try (Scope inFirst = first.makeCurrent()) {
                first.setAttribute("a", "1").setAttribute("b", "2").setAttribute("m", "v");
                Span second = tracer.spanBuilder("second").startSpan();
                try (Scope inSecond = second.makeCurrent()) {
                    second.setAttribute("c", "3").setAttribute("m", "v");
                    Span third = tracer.spanBuilder("third").startSpan();
                    try (Scope inThird = third.makeCurrent()) {
                        third.setAttribute("d", "4").setAttribute("m", "v");
                    } finally {
                        third.end();
                    }
                } finally {
                    second.end();
                }
            } finally {
                first.end();
            }
        } finally {
            root.end();
        }
    }

    /** A root and its children, as many spans as that. */
    public void tree(int spans) {
        Span root = tracer.spanBuilder("request").setSpanKind(SpanKind.SERVER).startSpan();
        try (Scope inRoot = root.makeCurrent()) {
            for (int i = 1; i < spans; i++) {
                Span child = tracer.spanBuilder("child").startSpan();
                try (Scope inChild = child.makeCurrent()) {
                    // Nothing to do: the span is the work.
                } finally {
                    child.end();
                }
            }
        } finally {
            root.end();
        }
    }

    /** A span with as many attributes as that. */
    public void annotated(int annotations) {
        Span root = tracer.spanBuilder("request").setSpanKind(SpanKind.SERVER).startSpan();
        try (Scope inRoot = root.makeCurrent()) {
            for (int i = 0; i < annotations; i++) {
                root.setAttribute(Keys.key(i), "value");
            }
        } finally {
            root.end();
        }
    }

    /** Recorded, then thrown away. */
    public static class NotExported extends OpenTelemetry {
        public NotExported() {
            super(Sampler.alwaysOn());
        }
    }

    /** No trace is recorded. */
    public static class Unsampled extends OpenTelemetry {
        public Unsampled() {
            super(Sampler.alwaysOff());
        }
    }

    /** Its usual way: batches over OTLP and HTTP, as they are set by default. What its queue cannot hold is dropped. */
    public static class Otlp extends OpenTelemetry {
        private OtlpCollector collector;

        public Otlp() {
            super(Sampler.alwaysOn());
        }

        @Override
        @Setup
        public void start() throws IOException {
            collector = new OtlpCollector();
            super.start();
        }

        @Override
        void export(SdkTracerProviderBuilder builder) {
            var exporter = OtlpHttpSpanExporter.builder()
                    .setEndpoint(collector.endpoint())
                    .build();
            builder.addSpanProcessor(BatchSpanProcessor.builder(exporter).build());
        }

        @Override
        @TearDown
        public void stop() {
            super.stop();
            collector.close();
        }
    }
}
