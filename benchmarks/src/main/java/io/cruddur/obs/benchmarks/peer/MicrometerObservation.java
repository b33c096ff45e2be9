package io.cruddur.obs.benchmarks.peer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Micrometer's Observation over its bridge to the OpenTelemetry SDK, as Spring Boot sets it up; not exported. */
@State(Scope.Benchmark)
@SuppressWarnings("try") // scopes are opened for what they do, not to be read
public abstract class MicrometerObservation {
    final DiscardingProcessor finished = new DiscardingProcessor();
    private final Sampler sampler;
    private SdkTracerProvider provider;
    private ObservationRegistry registry;

    private MicrometerObservation(Sampler sampler) {
        this.sampler = sampler;
    }

    @Setup
    public void start() {
        provider = SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(finished)
                .build();
        var tracer = new OtelTracer(provider.get("benchmark"), new OtelCurrentTraceContext(), event -> {});
        registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
    }

    @TearDown
    public void stop() {
        provider.shutdown().join(2, TimeUnit.SECONDS);
    }

    /** The work of P1 and P2. */
    public void request() {
        Observation root = Observation.start("request", registry);
        try (Observation.Scope inRoot = root.openScope()) {
            root.lowCardinalityKeyValue("URI", "/api/activities/home").lowCardinalityKeyValue("user", "andrewbrown");
            Observation first = Observation.start("first", registry);
            try (Observation.Scope inFirst = first.openScope()) {
                first.lowCardinalityKeyValue("a", "1").lowCardinalityKeyValue("b", "2");
                first.highCardinalityKeyValue("m", "v");
                Observation second = Observation.start("second", registry);
                try (Observation.Scope inSecond = second.openScope()) {
                    second.lowCardinalityKeyValue("c", "3").highCardinalityKeyValue("m", "v");
                    Observation third = Observation.start("third", registry);
                    try (Observation.Scope inThird = third.openScope()) {
                        third.lowCardinalityKeyValue("d", "4").highCardinalityKeyValue("m", "v");
                    } finally {
                        third.stop();
                    }
                } finally {
                    second.stop();
                }
            } finally {
                first.stop();
            }
        } finally {
            root.stop();
        }
    }

    /** Every trace is recorded. */
    public static class Recorded extends MicrometerObservation {
        public Recorded() {
            super(Sampler.alwaysOn());
        }
    }

    /** No trace is recorded. */
    public static class Unsampled extends MicrometerObservation {
        public Unsampled() {
            super(Sampler.alwaysOff());
        }
    }
}
