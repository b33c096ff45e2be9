package io.cruddur.obs.spring.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.servlet.ObsFilter;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.cruddur.obs.spring.ObsProperties;
import io.cruddur.obs.spring.WebSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The filter that makes a segment of each request. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass({Filter.class, ObsFilter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
public final class ServletAutoConfiguration {
    ServletAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<ObsFilter> obsFilter(Obs obs, ObsProperties properties, Environment environment) {
        ObsProperties.Trace trace = properties.trace();
        var registration = new FilterRegistrationBean<>(ObsFilter.builder(obs)
                .exclude(WebSettings.excluded(trace, environment))
                .trustedPeers(WebSettings.trustedPeers(trace))
                .accessLog(log -> WebSettings.accessLog(log, properties.logs()))
                .build());
        ObsProperties.Servlet servlet = properties.servlet();
        registration.setOrder(servlet.filterOrder());
        registration.setDispatcherTypes(dispatcherTypes(servlet));
        return registration;
    }

    private static EnumSet<DispatcherType> dispatcherTypes(ObsProperties.Servlet servlet) {
        return servlet.filterDispatcherTypes().stream()
                .map(type -> DispatcherType.valueOf(type.name()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DispatcherType.class)));
    }
}
