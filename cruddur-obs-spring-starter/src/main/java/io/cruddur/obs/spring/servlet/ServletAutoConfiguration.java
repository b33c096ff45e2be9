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
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** The filter that makes a segment of each request. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnClass({Filter.class, ObsFilter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
public final class ServletAutoConfiguration {
    /** Around all that may fail or take time, and before Spring observes the request: the segment is there by then. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE;

    ServletAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<ObsFilter> obsFilter(Obs obs, ObsProperties properties) {
        ObsProperties.Trace trace = properties.trace();
        TrustedPeers peers = Checked.value(
                "cruddur.obs.trace.trusted-peers",
                "private, all, none, addresses or blocks such as 10.0.0.0/8",
                () -> TrustedPeers.of(trace.trustedPeers()));
        ObsFilter.Builder filter = Checked.value(
                "cruddur.obs.trace.exclude",
                "paths such as /health, /static/* or /static/**",
                () -> ObsFilter.builder(obs).exclude(trace.exclude()));
        var registration = new FilterRegistrationBean<>(filter.trustedPeers(peers)
                .accessLog(log -> accessLog(log, properties.logs()))
                .build());
        registration.setOrder(ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return registration;
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
