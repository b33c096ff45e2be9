package io.cruddur.obs.spring.httpclient;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Has beans that are HTTP clients of the JDK traced. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
@ConditionalOnBooleanProperty(name = "cruddur.obs.http-client.enabled", matchIfMissing = true)
public final class HttpClientAutoConfiguration {
    HttpClientAutoConfiguration() {}

    /** In each context, for the beans of that one. */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static HttpClientPostProcessor obsHttpClientPostProcessor(ObjectProvider<Obs> obs) {
        return new HttpClientPostProcessor(obs::getObject);
    }
}
