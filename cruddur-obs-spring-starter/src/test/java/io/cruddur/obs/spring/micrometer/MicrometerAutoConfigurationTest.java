package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import io.cruddur.obs.spring.Runners;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.SpanCustomizer;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.support.ScheduledTaskObservationContext;

@ExtendWith(OutputCaptureExtension.class)
class MicrometerAutoConfigurationTest {
    private static final AutoConfigurations BOOT = AutoConfigurations.of(
            ObservationAutoConfiguration.class,
            MicrometerTracingAutoConfiguration.class,
            NoopTracerAutoConfiguration.class);

    private final ApplicationContextRunner runner = Runners.plain().withConfiguration(BOOT);

    @Test
    void anObservationIsASpan() {
        runner.run(context -> {
            assertThat(context.getBean(Tracer.class)).isInstanceOf(BridgeTracer.class);
            assertThat(context)
                    .hasSingleBean(Propagator.class)
                    .hasSingleBean(SpanCustomizer.class)
                    .hasSingleBean(DefaultTracingObservationHandler.class)
                    .hasSingleBean(PropagatingSenderTracingObservationHandler.class)
                    .hasSingleBean(PropagatingReceiverTracingObservationHandler.class)
                    .hasSingleBean(ContextPropagatingTaskDecorator.class);
            Obs obs = context.getBean(Obs.class);
            obs.trace("outer")
                    .run(outer -> Observation.createNotStarted("inner", context.getBean(ObservationRegistry.class))
                            .observe(() -> {
                                assertThat(obs.currentTraceContext().traceId())
                                        .isEqualTo(outer.context().traceId());
                                assertThat(obs.currentTraceContext().spanId())
                                        .isNotEqualTo(outer.context().spanId());
                            }));
        });
    }

    @Test
    void observationsOfSpringSecurityAreNoSpans() {
        runner.run(context ->
                assertThat(isSpan(context, "spring.security.filterchains")).isFalse());
        runner.withPropertyValues("cruddur.obs.trace.ignored-observations=")
                .run(context -> assertThat(isSpan(context, "spring.security.filterchains"))
                        .isTrue());
        runner.withPropertyValues("cruddur.obs.trace.ignored-observations=a, b.c")
                .run(context -> {
                    assertThat(isSpan(context, "a")).isFalse();
                    assertThat(isSpan(context, "a.x")).isFalse();
                    assertThat(isSpan(context, "ab")).isTrue();
                    assertThat(isSpan(context, "b")).isTrue();
                    assertThat(isSpan(context, "b.c.d")).isFalse();
                });
    }

    private static boolean isSpan(ApplicationContext context, String observation) {
        Obs obs = context.getBean(Obs.class);
        return Observation.createNotStarted(observation, context.getBean(ObservationRegistry.class))
                .observe(() -> obs.currentTraceContext().isValid());
    }

    @Test
    void aScheduleThatBeginsATraceByItselfIsNotObservedInAnother() throws Exception {
        var handler = new IgnoredObservations(Tracer.NOOP, List.of());
        for (String name : List.of("traced", "plain")) {
            var run = new ScheduledTaskObservationContext(new Schedules(), Schedules.class.getDeclaredMethod(name));
            assertThat(handler.supportsContext(run)).as(name).isEqualTo(name.equals("traced"));
        }
    }

    static class Schedules {
        @Traced(newTrace = true)
        void traced() {}

        @Traced
        void plain() {}
    }

    @Test
    void theApplicationsOwnTracerIsLeftAlone(CapturedOutput output) {
        runner.withUserConfiguration(OwnTracer.class).run(context -> {
            assertThat(context.getBean(Tracer.class)).isSameAs(Tracer.NOOP);
            assertThat(context).doesNotHaveBean(Propagator.class).doesNotHaveBean(SpanCustomizer.class);
            assertThat(output)
                    .containsOnlyOnce("is traced by the application's own tracer, "
                            + Tracer.NOOP.getClass().getName());
        });
    }

    @Test
    void singleBeansMayBeReplaced() {
        runner.withBean("mine", Propagator.class, () -> Propagator.NOOP)
                .withBean("ours", SpanCustomizer.class, () -> SpanCustomizer.NOOP)
                .run(context -> {
                    assertThat(context.getBean(Propagator.class)).isSameAs(Propagator.NOOP);
                    assertThat(context.getBean(SpanCustomizer.class)).isSameAs(SpanCustomizer.NOOP);
                    assertThat(context.getBean(Tracer.class)).isInstanceOf(BridgeTracer.class);
                });
    }

    @Test
    void itIsTracedHereRatherThanByOpenTelemetry(CapturedOutput output) {
        runner.withConfiguration(AutoConfigurations.of(
                        OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer.tracing.brave"))
                .run(context -> {
                    assertThat(context.getBean(Tracer.class)).isInstanceOf(BridgeTracer.class);
                    assertThat(context.getBean(Propagator.class)).isInstanceOf(BridgePropagator.class);
                    assertThat(output)
                            .containsOnlyOnce("OpenTelemetry's tracer is on the class path and gets none of it");
                });
    }

    @Test
    void itIsTracedHereRatherThanByBrave(CapturedOutput output) {
        runner.withConfiguration(AutoConfigurations.of(BraveAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer.tracing.otel"))
                .run(context -> {
                    assertThat(context.getBean(Tracer.class)).isInstanceOf(BridgeTracer.class);
                    assertThat(context.getBean(Propagator.class)).isInstanceOf(BridgePropagator.class);
                    assertThat(output).containsOnlyOnce("Brave's tracer is on the class path and gets none of it");
                });
    }

    @Test
    void itIsLeftToOpenTelemetryByProperty(CapturedOutput output) {
        runner.withConfiguration(AutoConfigurations.of(
                        OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class))
                .withPropertyValues("cruddur.obs.trace.observations=false")
                .run(context -> {
                    assertThat(context.getBean(Tracer.class).getClass().getName())
                            .contains("OtelTracer");
                    assertThat(output).doesNotContain("gets none of it");
                });
    }

    @Test
    void itSaysNothingWhereThereIsNoDoubt(CapturedOutput output) {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing.otel", "io.micrometer.tracing.brave"))
                .run(context -> assertThat(output)
                        .doesNotContain("What Micrometer observes")
                        .doesNotContain("gets none"));
    }

    @Test
    void whileItIsOffThereIsNothing() {
        runner.withPropertyValues("cruddur.obs.mode=off").run(context -> {
            assertThat(context.getBean(Tracer.class)).isSameAs(Tracer.NOOP);
            assertThat(context).doesNotHaveBean(ContextPropagatingTaskDecorator.class);
        });
    }

    @Test
    void itDoesWithoutMicrometerTracing() {
        Runners.plain()
                .withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Obs.class));
    }

    @Test
    void itDoesWithoutBootsPart() {
        Runners.plain()
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Obs.class));
    }

    @Test
    void nothingStaysInTheRegistryOfContexts() {
        runner.run(first -> runner.run(second -> assertThat(accessors()).containsOnlyOnce(CurrentSpanAccessor.KEY)));
        assertThat(accessors()).doesNotContain(CurrentSpanAccessor.KEY);
    }

    private static List<Object> accessors() {
        return ContextRegistry.getInstance().getThreadLocalAccessors().stream()
                .map(accessor -> accessor.key())
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTracer {
        @Bean
        Tracer tracer() {
            return Tracer.NOOP;
        }
    }
}
