package io.cruddur.obs.spring.error;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.ErrorResponse;

/** Where exceptions end that nobody catches, and that no filter sees. */
@AutoConfiguration(after = ObsAutoConfiguration.class, before = TaskSchedulingAutoConfiguration.class)
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
@ConditionalOnBooleanProperty(name = "cruddur.obs.errors.enabled", matchIfMissing = true)
public final class ErrorAutoConfiguration {
    ErrorAutoConfiguration() {}

    /** Before a customizer of the application's, which may choose another handler. */
    @Bean
    @ConditionalOnMissingBean(name = "obsThreadPoolTaskSchedulerCustomizer")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ThreadPoolTaskSchedulerCustomizer obsThreadPoolTaskSchedulerCustomizer(ObjectProvider<Obs> obs) {
        return scheduler -> scheduler.setErrorHandler(new ReportingErrorHandler(obs::getObject));
    }

    /** The same where threads are virtual. */
    @Bean
    @ConditionalOnMissingBean(name = "obsSimpleAsyncTaskSchedulerCustomizer")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SimpleAsyncTaskSchedulerCustomizer obsSimpleAsyncTaskSchedulerCustomizer(ObjectProvider<Obs> obs) {
        return scheduler -> scheduler.setErrorHandler(new ReportingErrorHandler(obs::getObject));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AsyncUncaughtExceptionHandler.class)
    static final class Async {
        /** In each context, for the beans of that one. */
        @Bean
        @ConditionalOnMissingBean(name = "obsAsyncFailures", search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static AsyncFailures obsAsyncFailures(ObjectProvider<Obs> obs) {
            return new AsyncFailures(obs::getObject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ErrorResponse.class)
    static final class Web {
        @Bean
        @ConditionalOnMissingBean(name = "obsClientErrors")
        @ConditionalOnBooleanProperty(
                name = "cruddur.obs.errors.client-errors",
                havingValue = false,
                matchIfMissing = true)
        ClientErrors obsClientErrors() {
            return new ClientErrors();
        }
    }
}
