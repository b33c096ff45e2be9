package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingAwareMeterObservationHandler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Beside the handler of meters that Boot's actuator brings where there is a tracer. */
class IgnoredObservationsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();

    @Test
    void whatIsNoSpanIsMeasuredAndHarmsNobody() {
        observations
                .observationConfig()
                .observationHandler(new IgnoredObservations(Tracer.NOOP, List.of("spring.security")))
                .observationHandler(new TracingAwareMeterObservationHandler<>(
                        new DefaultMeterObservationHandler(meters), Tracer.NOOP));

        Observation.createNotStarted("spring.security.filterchains", observations)
                .observe(() -> {});

        assertThat(meters.get("spring.security.filterchains").timer().count()).isOne();
    }
}
