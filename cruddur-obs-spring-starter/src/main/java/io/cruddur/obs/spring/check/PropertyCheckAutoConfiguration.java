package io.cruddur.obs.spring.check;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Looks for misspelt properties when the application starts. */
@AutoConfiguration
public final class PropertyCheckAutoConfiguration {
    PropertyCheckAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    static UnknownPropertyCheck unknownPropertyCheck(Environment environment) {
        return new UnknownPropertyCheck(environment);
    }
}
