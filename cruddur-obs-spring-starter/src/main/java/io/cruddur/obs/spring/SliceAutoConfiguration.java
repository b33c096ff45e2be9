package io.cruddur.obs.spring;

import io.cruddur.obs.Obs;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * For Boot's tests of a slice, such as {@code @WebMvcTest}, which configure no more than is listed for them: what they test may
 * ask for {@link Obs}. It records nothing; nobody looks, and no test of a controller should open a console.
 */
@AutoConfiguration(after = ObsAutoConfiguration.class)
public final class SliceAutoConfiguration {
    SliceAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Obs obs() {
        return Obs.off();
    }
}
