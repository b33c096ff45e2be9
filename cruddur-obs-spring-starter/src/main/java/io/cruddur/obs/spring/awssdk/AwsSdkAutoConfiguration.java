package io.cruddur.obs.spring.awssdk;

import io.cruddur.obs.awssdk.AwsSdkTracing;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The SDK finds its tracing by itself; here it is switched on or off. */
@AutoConfiguration
@ConditionalOnClass(ExecutionInterceptor.class)
public final class AwsSdkAutoConfiguration {
    AwsSdkAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "obsAwsSdkSwitch")
    static BeanFactoryInitializer<ListableBeanFactory> obsAwsSdkSwitch(Environment environment) {
        return beanFactory ->
                AwsSdkTracing.enabled(environment.getProperty("cruddur.obs.aws-sdk.enabled", Boolean.class, true));
    }
}
