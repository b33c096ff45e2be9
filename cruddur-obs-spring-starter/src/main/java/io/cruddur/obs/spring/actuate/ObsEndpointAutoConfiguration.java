package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ActiveMode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** The endpoint {@code obs}, where the application exposes it. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public final class ObsEndpointAutoConfiguration {
    ObsEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    ObsEndpoint obsEndpoint(Obs obs, Environment environment, ResourceLoader resources) {
        return new ObsEndpoint(
                obs, ActiveMode.of(environment, resources.getClassLoader()).name());
    }
}
