package io.cruddur.obs.spring;

import io.cruddur.obs.ErrorCustomizer;
import io.cruddur.obs.ErrorFilter;
import io.cruddur.obs.Obs;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** {@link Obs}, where it sends to, and its place in the life of the application. */
@AutoConfiguration
@EnableConfigurationProperties(ObsProperties.class)
public final class ObsAutoConfiguration {
    ObsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnMode(Mode.LOCAL)
    BuiltMode obsBuiltForLocal() {
        return new BuiltMode(Mode.LOCAL);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnMode(Mode.AWS)
    BuiltMode obsBuiltForAws() {
        return new BuiltMode(Mode.AWS);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnMode(Mode.OFF)
    BuiltMode obsBuiltForOff() {
        return new BuiltMode(Mode.OFF);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnMode(Mode.AWS)
    XrayConnectionDetails xrayConnectionDetails(Environment environment) {
        return PropertiesConnectionDetails.Xray.of(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnMode(Mode.AWS)
    OtlpConnectionDetails otlpConnectionDetails(Environment environment, ObsProperties properties) {
        return PropertiesConnectionDetails.Otlp.of(
                environment, properties.trace().otlp());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnMode(Mode.AWS)
    CloudWatchLogsConnectionDetails cloudWatchLogsConnectionDetails(Environment environment) {
        return PropertiesConnectionDetails.CloudWatchLogs.of(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnMode(Mode.AWS)
    RollbarConnectionDetails rollbarConnectionDetails(Environment environment) {
        return PropertiesConnectionDetails.Rollbar.of(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    Obs obs(
            ObsProperties properties,
            ConfigurableApplicationContext context,
            BuiltMode built,
            ObjectProvider<XrayConnectionDetails> xray,
            ObjectProvider<OtlpConnectionDetails> otlp,
            ObjectProvider<CloudWatchLogsConnectionDetails> logs,
            ObjectProvider<RollbarConnectionDetails> rollbar,
            ObjectProvider<ErrorFilter> errorFilters,
            ObjectProvider<ErrorCustomizer> errorCustomizers) {
        Mode mode = built.run(ActiveMode.of(context.getEnvironment(), context.getClassLoader()));
        var errors = new ErrorSettings(errorFilters, errorCustomizers, context.getBeanFactory());
        return new ObsFactory(properties, context.getEnvironment(), mode, context.getClassLoader(), errors)
                .create(xray.getIfAvailable(), otlp.getIfAvailable(), logs.getIfAvailable(), rollbar.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    ObsLifecycle obsLifecycle(Obs obs, ObsProperties properties, ConfigurableApplicationContext context) {
        return new ObsLifecycle(obs, context, properties.delivery().shutdownTimeout());
    }

    /** Before the application's own beans: what they log while they are made is shipped too. */
    @Bean
    @ConditionalOnMissingBean(name = "obsBeforeOthers")
    static BeanFactoryInitializer<ListableBeanFactory> obsBeforeOthers() {
        return beanFactory -> beanFactory.getBeanProvider(Obs.class).ifAvailable(obs -> {});
    }
}
