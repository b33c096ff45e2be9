package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.ObsExtension;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Micrometer's context propagation takes to another thread. */
class ContextPropagationTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ContextPropagation propagation = new ContextPropagation();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final ObservationRegistry registry = ObservationRegistry.create();

    @BeforeEach
    void register() {
        propagation.afterPropertiesSet();
        Tracer tracer = MicrometerBridge.tracer(telemetry.obs());
        registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
    }

    @AfterEach
    void remove() {
        propagation.destroy();
        other.shutdownNow();
    }

    private void elsewhere(Runnable task) throws Exception {
        ContextSnapshot here = ContextSnapshotFactory.builder().build().captureAll();
        other.submit(here.wrap(task)).get(20, TimeUnit.SECONDS);
        other.submit(() -> assertThat(telemetry.obs().currentTraceContext().isValid())
                        .isFalse())
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void aSpanThatIsNoObservationGoesAlong() throws Exception {
        Obs obs = telemetry.obs();
        obs.trace("request").run(() -> elsewhere(() -> obs.trace("task").run(() -> {})));
        assertThat(telemetry.trace()).hasToString("request(task)");
    }

    @Test
    void aSpanInAnObservationGoesAlong() throws Exception {
        Obs obs = telemetry.obs();
        Observation.createNotStarted("observation", registry)
                .observeChecked(() -> obs.trace("span")
                        .run(() -> elsewhere(() -> obs.trace("task").run(() -> {}))));
        assertThat(telemetry.trace()).hasToString("observation(span(task))");
    }

    @Test
    void anObservationInAnObservationGoesAlong() throws Exception {
        Observation.createNotStarted("outer", registry)
                .observeChecked(() -> elsewhere(
                        () -> Observation.createNotStarted("inner", registry).observe(() -> {})));
        assertThat(telemetry.trace()).hasToString("outer(inner)");
    }

    @Test
    void baggageGoesAlong() throws Exception {
        Obs obs = telemetry.obs();
        Observation.createNotStarted("observation", registry).observeChecked(() -> {
            obs.putBaggage("tenant", "acme");
            elsewhere(() -> assertThat(obs.baggage()).containsEntry("tenant", "acme"));
        });
    }

    @Test
    void whatIsNotRecordedGoesAlong() throws Exception {
        Obs obs = telemetry.obs();
        obs.trace("request")
                .continueFrom(name ->
                        name.equals("X-Amzn-Trace-Id") ? "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0" : null)
                .run(() -> {
                    String id = obs.currentTraceContext().traceId();
                    elsewhere(() ->
                            assertThat(obs.currentTraceContext().traceId()).isEqualTo(id));
                });
    }
}
