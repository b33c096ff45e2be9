package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Obs;
import io.cruddur.obs.servlet.AccessLog;
import io.cruddur.obs.servlet.PathGlobs;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.ForwardedHeaders;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.cruddur.obs.spring.ObsProperties;
import io.cruddur.obs.spring.WebSettings;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.tracing.SpanCustomizer;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import jakarta.servlet.Servlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.web.server.WebHandler;

/**
 * A tracer for Micrometer's observations, before those of Spring Boot's OpenTelemetry and Brave starters: they leave an
 * application alone that has one. Backs off from a tracer of the application's own.
 */
@AutoConfiguration(
        after = ObsAutoConfiguration.class,
        before = {MicrometerTracingAutoConfiguration.class, NoopTracerAutoConfiguration.class},
        beforeName = {
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration"
        })
@ConditionalOnClass({Tracer.class, MicrometerTracingAutoConfiguration.class, ThreadLocalAccessor.class})
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
@ConditionalOnBooleanProperty(name = "cruddur.obs.trace.observations", matchIfMissing = true)
@EnableConfigurationProperties(TracingProperties.class)
public final class MicrometerAutoConfiguration {
    /** Before the handler of all that receives something. */
    private static final int BEFORE_RECEIVERS =
            MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER - 100;

    private static final int FIRST = BEFORE_RECEIVERS - 100;

    MicrometerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ObservationTracingNotice obsObservationTracingNotice(ObjectProvider<Tracer> tracer, ApplicationContext context) {
        return new ObservationTracingNotice(tracer, context);
    }

    /** All of it, or nothing where the application has a tracer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Tracer.class)
    static class Bridge {

        @Bean
        Tracer obsMicrometerTracer(Obs obs, TracingProperties properties, ObsProperties ours) {
            return MicrometerBridge.tracer(
                    obs, fields(properties.getBaggage()), ours.jdbc().statements());
        }

        private static BaggageFields fields(TracingProperties.Baggage baggage) {
            return baggage.isEnabled()
                    ? new BaggageFields(baggage.getRemoteFields(), baggage.getTagFields())
                    : BaggageFields.NONE;
        }

        @Bean
        @ConditionalOnMissingBean
        Propagator obsMicrometerPropagator(Tracer tracer) {
            return MicrometerBridge.propagator(tracer);
        }

        @Bean
        @ConditionalOnMissingBean
        SpanCustomizer obsSpanCustomizer(Tracer tracer) {
            return new CurrentSpanCustomizer(tracer);
        }

        @Bean
        @ConditionalOnMissingBean
        @Order(FIRST)
        IgnoredObservations obsIgnoredObservations(Tracer tracer, ObsProperties properties) {
            return new IgnoredObservations(tracer, properties.trace().ignoredObservations());
        }

        /** Nobody asks for it. */
        @Bean
        @Lazy(false)
        ContextPropagation obsContextPropagation() {
            return new ContextPropagation();
        }

        /**
         * Tasks of {@code @Async} and of Spring's executors go on with what is current where they are handed in. Beside a
         * decorator of the application's: Boot composes them all, this one innermost, since only there it is told whether a
         * task repeats; and whoever wants one gets the application's.
         */
        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnClass(TaskDecorator.class)
        @Fallback
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ContextPropagatingTaskDecorator obsContextPropagatingTaskDecorator() {
            return new TaskContext();
        }

        /** What a listener throws is said to its observation. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(JmsListenerEndpointRegistry.class)
        static class JmsListeners {
            @Bean
            @ConditionalOnMissingBean
            JmsListenerFailures obsJmsListenerFailures(ObjectProvider<JmsListenerEndpointRegistry> registries) {
                return new JmsListenerFailures(registries);
            }
        }

        /** The filter begins the segment of a request; what Spring observes of it is said there. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({
            Servlet.class,
            org.springframework.http.server.observation.ServerRequestObservationContext.class
        })
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        static class ServletRequests {
            @Bean
            @ConditionalOnMissingBean
            @Order(BEFORE_RECEIVERS)
            ServletRequestHandler obsServletRequestHandler(Tracer tracer) {
                return new ServletRequestHandler(tracer);
            }
        }

        /** There is no filter that sees all of a request; its observation does. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({
            WebHandler.class,
            org.springframework.http.server.reactive.observation.ServerRequestObservationContext.class
        })
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
        static class ReactiveRequests {
            @Bean
            @ConditionalOnMissingBean
            @Order(BEFORE_RECEIVERS)
            ReactiveRequestHandler obsReactiveRequestHandler(
                    Tracer tracer, ObsProperties properties, Environment environment) {
                ObsProperties.Trace trace = properties.trace();
                return new ReactiveRequestHandler(
                        tracer,
                        new ReactivePeers(WebSettings.trustedPeers(trace), ForwardedHeaders.of(environment)),
                        PathGlobs.of(WebSettings.excluded(trace, environment)),
                        AccessLog.of(log -> WebSettings.accessLog(log, properties.logs())));
            }
        }
    }
}
