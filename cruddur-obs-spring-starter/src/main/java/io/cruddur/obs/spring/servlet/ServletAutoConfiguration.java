package io.cruddur.obs.spring.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.servlet.AccessLogOptions;
import io.cruddur.obs.servlet.ObsFilter;
import io.cruddur.obs.spring.Checked;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.cruddur.obs.spring.ObsProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.event.Level;
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
        TrustedPeers peers = Checked.value(
                "cruddur.obs.trace.trusted-peers",
                "private, all, none, addresses or blocks such as 10.0.0.0/8",
                () -> TrustedPeers.of(trace.trustedPeers()));
        ObsFilter.Builder filter = Checked.value(
                "cruddur.obs.trace.exclude",
                "paths such as /health, /static/* or /static/**, and the word defaults",
                () -> ObsFilter.builder(obs).exclude(excluded(trace.exclude(), environment)));
        var registration = new FilterRegistrationBean<>(filter.trustedPeers(peers)
                .accessLog(log -> accessLog(log, properties.logs()))
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

    /** The defaults are right wherever the actuator has been put. */
    private static List<String> excluded(List<String> globs, Environment environment) {
        String actuator = environment.getProperty("management.endpoints.web.base-path", "");
        if (!globs.contains("defaults") || actuator.length() < 2) {
            return globs;
        }
        var all = new ArrayList<>(globs);
        all.add(actuator + "/**");
        return all;
    }

    private static void accessLog(AccessLogOptions log, ObsProperties.Logs properties) {
        if (!properties.access()) {
            log.off();
        }
        log.logger(properties.accessLogger());
        ObsProperties.AccessLevel level = properties.accessLevel();
        log.level(level == ObsProperties.AccessLevel.STATUS ? null : Level.valueOf(level.name()));
        Checked.value(
                "cruddur.obs.logs.access-exclude",
                "paths such as /health, /static/* or /static/**",
                () -> log.exclude(properties.accessExclude()));
        Checked.value(
                "cruddur.obs.logs.access-sample",
                "a number from 0 to 1, such as 0.1",
                () -> log.sample(properties.accessSample()));
        Duration slow = properties.accessSlow();
        if (slow != null) {
            Checked.value("cruddur.obs.logs.access-slow", "a time such as 1s or 500ms", () -> log.slow(slow));
        }
    }
}
