package io.cruddur.obs.spring.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.servlet.ObsFilter;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.ForwardedHeaders;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.cruddur.obs.spring.ObsProperties;
import io.cruddur.obs.spring.WebSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** The filter that makes a segment of each request. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass({Filter.class, ObsFilter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
public final class ServletAutoConfiguration {
    ServletAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<ObsFilter> obsFilter(
            Obs obs, ObsProperties properties, Environment environment, ApplicationContext context) {
        ObsProperties.Trace trace = properties.trace();
        ForwardedHeaders forwarding = ForwardedHeaders.of(environment);
        var registration = new FilterRegistrationBean<>(ObsFilter.builder(obs)
                .exclude(WebSettings.excluded(trace, environment))
                .trustedPeers(trustedPeers(trace, forwarding, context.getClassLoader()))
                .trustByClient(forwarding != ForwardedHeaders.NONE)
                .accessLog(log -> WebSettings.accessLog(log, properties.logs()))
                .build());
        ObsProperties.Servlet servlet = properties.servlet();
        registration.setOrder(servlet.filterOrder());
        registration.setDispatcherTypes(dispatcherTypes(servlet));
        return registration;
    }

    /** Nobody where the server takes the first address of the header for the peer's, unless all are trusted. */
    private static TrustedPeers trustedPeers(
            ObsProperties.Trace trace, ForwardedHeaders forwarding, @Nullable ClassLoader loader) {
        TrustedPeers chosen = WebSettings.trustedPeers(trace);
        boolean isKnown = forwarding != ForwardedHeaders.NATIVE || isTomcat(loader);
        return isKnown || chosen.trusts("-") ? chosen : TrustedPeers.of(List.of("none"));
    }

    /** Its valve goes from the right. */
    private static boolean isTomcat(@Nullable ClassLoader loader) {
        // Boot's own, since a Jetty that serves something else may be there as well: the console's is.
        return ClassUtils.isPresent("org.springframework.boot.tomcat.TomcatWebServer", loader)
                && !ClassUtils.isPresent("org.springframework.boot.jetty.JettyWebServer", loader);
    }

    private static EnumSet<DispatcherType> dispatcherTypes(ObsProperties.Servlet servlet) {
        return servlet.filterDispatcherTypes().stream()
                .map(type -> DispatcherType.valueOf(type.name()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DispatcherType.class)));
    }
}
