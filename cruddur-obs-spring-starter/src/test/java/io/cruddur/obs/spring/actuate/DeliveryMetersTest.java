package io.cruddur.obs.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class DeliveryMetersTest {
    @Test
    void theyLeaveEveryRegistryWithTheirApplication() {
        try (Obs obs = Obs.builder()
                .segmentDocuments(document -> {})
                .closeOnShutdown(false)
                .build()) {
            var one = new SimpleMeterRegistry();
            var other = new SimpleMeterRegistry();
            var meters = new DeliveryMeters(obs);
            meters.bindTo(one);
            meters.bindTo(other);
            assertThat(one.getMeters()).isNotEmpty().hasSameSizeAs(other.getMeters());

            meters.destroy();

            assertThat(one.getMeters()).isEmpty();
            assertThat(other.getMeters()).isEmpty();
        }
    }
}
