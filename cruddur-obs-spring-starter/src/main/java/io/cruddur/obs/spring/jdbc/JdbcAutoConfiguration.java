package io.cruddur.obs.spring.jdbc;

import io.cruddur.obs.jdbc.JdbcTracing;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.cruddur.obs.spring.ObsProperties;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Spans of SQL. Backs off where datasource-micrometer observes the same statements. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass(AbstractBeanFactoryAwareAdvisingPostProcessor.class)
@ConditionalOnMissingClass("net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration")
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
@ConditionalOnBooleanProperty(name = "cruddur.obs.jdbc.enabled", matchIfMissing = true)
public final class JdbcAutoConfiguration {
    JdbcAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    JdbcTracing obsJdbcTracing(ObsProperties properties) {
        return JdbcTracing.builder()
                .statements(properties.jdbc().statements())
                .user(properties.jdbc().user())
                .build();
    }

    /** In each context, for the beans of that one. */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static DataSourcePostProcessor obsDataSourcePostProcessor(ObjectProvider<JdbcTracing> tracing) {
        return new DataSourcePostProcessor(tracing::getObject);
    }
}
