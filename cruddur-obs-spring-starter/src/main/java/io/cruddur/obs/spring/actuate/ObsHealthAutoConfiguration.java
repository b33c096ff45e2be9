package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The part {@code obs} of the application's health; off with {@code management.health.obs.enabled=false}. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public final class ObsHealthAutoConfiguration {
    ObsHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnEnabledHealthIndicator("obs")
    @ConditionalOnMissingBean(name = "obsHealthIndicator")
    HealthIndicator obsHealthIndicator(Obs obs) {
        return new ObsHealthIndicator(obs, InstantSource.system());
    }
}
