package io.cruddur.obs.spring.traced;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** The aspect behind {@link io.cruddur.obs.Traced}. Needs Spring AOP, but neither AspectJ nor Boot's AOP starter. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass(AbstractBeanFactoryAwareAdvisingPostProcessor.class)
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
public final class TracedAutoConfiguration {
    TracedAutoConfiguration() {}

    /** In each context, for the beans of that one. */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TracedPostProcessor tracedPostProcessor(ObjectProvider<Obs> obs, Environment environment) {
        // The property that decides the same for Boot's own aspects.
        boolean byClass = environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
        return new TracedPostProcessor(obs::getObject, byClass);
    }
}
