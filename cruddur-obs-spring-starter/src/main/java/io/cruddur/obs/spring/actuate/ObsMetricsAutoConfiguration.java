package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The law of delivery as meters, in each registry that Boot fills. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
public final class ObsMetricsAutoConfiguration {
    ObsMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "obsDeliveryMeters")
    DeliveryMeters obsDeliveryMeters(Obs obs) {
        return new DeliveryMeters(obs);
    }
}
