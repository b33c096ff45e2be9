package io.cruddur.obs.benchmarks.peer;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.micrometer.MicrometerBridge;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Micrometer's Observation over a tracer, as Spring Boot sets it up. */
@State(Scope.Benchmark)
@SuppressWarnings("try") // scopes are opened for what they do, not to be read
public abstract class MicrometerObservation {
    private ObservationRegistry registry;

    private MicrometerObservation() {}

    @Setup
    public void start() throws IOException {
        registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(open()));
    }

    abstract Tracer open() throws IOException;

    @TearDown
    public abstract void stop();

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

    /** Over the bridge to the OpenTelemetry SDK; not exported. */
    @SuppressWarnings("NullAway.Init") // by open()
    abstract static class OverOpenTelemetry extends MicrometerObservation {
        final DiscardingProcessor finished = new DiscardingProcessor();
        private final Sampler sampler;
        private SdkTracerProvider provider;

        private OverOpenTelemetry(Sampler sampler) {
            this.sampler = sampler;
        }

        @Override
        Tracer open() {
            provider = SdkTracerProvider.builder()
                    .setSampler(sampler)
                    .addSpanProcessor(finished)
                    .build();
            return new OtelTracer(provider.get("benchmark"), new OtelCurrentTraceContext(), event -> {});
        }

        @Override
        public void stop() {
            provider.shutdown().join(2, TimeUnit.SECONDS);
        }
    }

    /** Over the bridge to ours, with its queue, its sink's thread and a daemon's port. */
    @SuppressWarnings("NullAway.Init") // by open()
    private abstract static class OverCruddurObs extends MicrometerObservation {
        private final io.cruddur.obs.trace.Sampler sampler;
        private LoopbackDaemon daemon;
        private Obs obs;

        private OverCruddurObs(io.cruddur.obs.trace.Sampler sampler) {
            this.sampler = sampler;
        }

        @Override
        Tracer open() throws IOException {
            daemon = new LoopbackDaemon();
            obs = Obs.builder()
                    .service("benchmark")
                    .sampler(sampler)
                    .xrayDaemon(daemon.address())
                    .closeOnShutdown(false)
                    .shutdownTimeout(Duration.ofSeconds(1))
                    .build();
            return MicrometerBridge.tracer(obs);
        }

        @Override
        public void stop() {
            System.out.println(obs.report());
            obs.close();
            daemon.close();
        }
    }

    /** Every trace is recorded, by OpenTelemetry. */
    public static class Recorded extends OverOpenTelemetry {
        public Recorded() {
            super(Sampler.alwaysOn());
        }
    }

    /** No trace is recorded, by OpenTelemetry. */
    public static class Unsampled extends OverOpenTelemetry {
        public Unsampled() {
            super(Sampler.alwaysOff());
        }
    }

    /** Every trace is recorded, by ours. */
    public static class RecordedByCruddurObs extends OverCruddurObs {
        public RecordedByCruddurObs() {
            super(io.cruddur.obs.trace.Sampler.always());
        }
    }

    /** No trace is recorded, by ours. */
    public static class UnsampledByCruddurObs extends OverCruddurObs {
        public UnsampledByCruddurObs() {
            super(io.cruddur.obs.trace.Sampler.never());
        }
    }
}
