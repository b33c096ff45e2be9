package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import io.cruddur.obs.spring.Runners;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.SpanCustomizer;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanFilter;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;
import org.springframework.scheduling.support.ScheduledTaskObservationContext;

@ExtendWith(OutputCaptureExtension.class)
class MicrometerAutoConfigurationTest {
    private static final AutoConfigurations BOOT = AutoConfigurations.of(
            ObservationAutoConfiguration.class,
            MicrometerTracingAutoConfiguration.class,
            NoopTracerAutoConfiguration.class);

    private final ApplicationContextRunner runner = Runners.plain().withConfiguration(BOOT);

    /** Somebody may count on it for secrets. */
    @Test
    void whoeverWouldBeAskedOfFinishedSpansIsNamedSinceNobodyAsks(CapturedOutput output) {
        runner.run(context -> assertThat(output).doesNotContain("each finished span"));
        runner.withBean("withoutTokens", SpanFilter.class, () -> span -> span)
                .run(context -> assertThat(output).contains("each finished span: withoutTokens."));
    }

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

    @Test
    void contextsArePropagatedWhereBeansAreLazy() {
        try (var context = new SpringApplicationBuilder(Plain.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties("cruddur.obs.mode=local", "cruddur.obs.console.port=0")
                .lazyInitialization(true)
                .run()) {
            assertThat(context.isActive()).isTrue();
            assertThat(accessors()).contains(CurrentSpanAccessor.KEY);
        }
    }

    /** One that repeats is decorated once, and would belong to the request that scheduled it for ever. */
    @Test
    void aTaskThatRepeatsDoesNotGoOnWithWhatScheduledIt() {
        runner.withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class))
                .withBean("other", TaskDecorator.class, () -> task -> task::run)
                .run(context -> {
                    Obs obs = context.getBean(Obs.class);
                    ThreadPoolTaskScheduler scheduler = context.getBean(ThreadPoolTaskSchedulerBuilder.class)
                            .build();
                    scheduler.initialize();
                    try {
                        var once = new Runs(obs);
                        var atARate = new Runs(obs);
                        var withADelay = new Runs(obs);
                        var byTrigger = new Runs(obs);
                        Duration often = Duration.ofMillis(1);
                        obs.trace("request").run(() -> {
                            scheduler.schedule(once, Instant.now());
                            scheduler.scheduleAtFixedRate(atARate, often);
                            scheduler.scheduleWithFixedDelay(withADelay, often);
                            scheduler.schedule(byTrigger, new PeriodicTrigger(often));
                        });
                        assertThat(once.seen(1)).containsOnly(true);
                        assertThat(atARate.seen(3)).as("at a rate").containsOnly(false);
                        assertThat(withADelay.seen(3)).as("with a delay").containsOnly(false);
                        assertThat(byTrigger.seen(3)).as("by a trigger").containsOnly(false);
                    } finally {
                        scheduler.shutdown();
                    }
                });
    }

    /** Notes of each run whether it is in a trace. */
    private record Runs(Obs obs, List<Boolean> traced) implements Runnable {
        Runs(Obs obs) {
            this(obs, new CopyOnWriteArrayList<>());
        }

        @Override
        public void run() {
            traced.add(obs.currentTraceContext().isValid());
        }

        List<Boolean> seen(int times) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> traced.size() >= times);
            return List.copyOf(traced);
        }
    }

    @Test
    void aDecoratorOfTheApplicationsIsTheOneThatIsInjectedAndBothDecorate() {
        runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(OwnDecorator.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Obs obs = context.getBean(Obs.class);
                    ThreadPoolTaskExecutor executor =
                            context.getBean("applicationTaskExecutor", ThreadPoolTaskExecutor.class);
                    OwnDecorator own = context.getBean(OwnDecorator.class);
                    assertThat(obs.trace("request")
                                    .call(() -> executor.submit(() ->
                                                    obs.currentTraceContext().isValid())
                                            .get(20, TimeUnit.SECONDS)))
                            .isTrue();
                    assertThat(own.decorated).hasValue(1);
                });
    }

    private static List<Object> accessors() {
        return ContextRegistry.getInstance().getThreadLocalAccessors().stream()
                .map(accessor -> accessor.key())
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    static class OwnDecorator {
        final AtomicInteger decorated = new AtomicInteger();

        @Bean
        TaskDecorator ownDecorator() {
            return task -> () -> {
                decorated.incrementAndGet();
                task.run();
            };
        }

        /** Wants any, as an executor of the application's own does. */
        @Bean
        Supplier<TaskDecorator> wantsOne(TaskDecorator decorator) {
            return () -> decorator;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTracer {
        @Bean
        Tracer tracer() {
            return Tracer.NOOP;
        }
    }
}
