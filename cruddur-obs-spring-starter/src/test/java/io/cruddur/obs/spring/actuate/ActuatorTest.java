package io.cruddur.obs.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.Runners;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ActuatorTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ApplicationContextRunner runner =
            Runners.plain().withBean(Obs.class, () -> obs(document -> {})).withPropertyValues("cruddur.obs.mode=aws");

    private static Obs obs(Consumer<byte[]> sink) {
        return Obs.builder()
                .service("shop")
                .rollbarToken("a-token-of-a-test")
                .rollbarEndpoint(URI.create("http://127.0.0.1:1/"))
                .installLogAppender(false)
                .closeOnShutdown(false)
                .shutdownTimeout(Duration.ZERO)
                .segmentDocuments(sink)
                .build();
    }

    private static void trace(Obs obs) {
        obs.trace("request").run(() -> {});
        assertThat(obs.flush(SOON).sinks().get(0).delivered()).isPositive();
    }

    @Test
    void healthIsUpAndSaysTheLawOfEachSink() {
        runner.run(context -> {
            trace(context.getBean(Obs.class));
            Health health = health(context.getBean("obsHealthIndicator", HealthIndicator.class));
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsOnlyKeys("xray", "rollbar");
            assertThat(health.getDetails().get("xray"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsEntry("status", "UP")
                    .containsEntry("accepted", 1L)
                    .containsEntry("delivered", 1L)
                    .containsEntry("pending", 0L)
                    .containsKey("lastDelivered");
            assertThat(health.toString()).doesNotContain("a-token-of-a-test");
        });
    }

    private static Health health(HealthIndicator indicator) {
        Health health = indicator.health();
        assertThat(health).isNotNull();
        return Objects.requireNonNull(health);
    }

    @Test
    void aSinkThatTakesNothingIsDegradedAfterAWhileAndUpAgainOnceItDoes() {
        var now = new AtomicReference<>(Instant.EPOCH);
        try (Obs obs = obs(document -> {})) {
            var indicator = new ObsHealthIndicator(obs, now::get);
            obs.error("nobody listens").report();
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
            now.set(Instant.EPOCH.plusSeconds(29));
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
            now.set(Instant.EPOCH.plusSeconds(31));
            assertThat(indicator.health().getStatus()).isEqualTo(ObsHealthIndicator.DEGRADED);
            assertThat(String.valueOf(indicator.health().getDetails().get("xray")))
                    .contains("status=UP");
            assertThat(String.valueOf(indicator.health().getDetails().get("rollbar")))
                    .contains("status=DEGRADED");
        }
    }

    @Test
    void theLastFailureIsToldByItsTimeAndOnlyByAWordThatIsNoAddress() {
        try (Obs obs = obs(document -> {})) {
            assertThat(SinkDetails.sinks(obs))
                    .noneMatch(sink -> SinkDetails.of(sink).containsKey("lastFailure"));
            obs.error("nobody listens").report();
            await().atMost(SOON)
                    .until(() -> obs.report().sinks().stream().anyMatch(sink -> sink.lastFailure() != null));

            String health = new ObsHealthIndicator(obs, Instant::now).health().toString();
            assertThat(health)
                    .containsPattern("lastFailure=\\{time=\\d{4}-[^,}]*}")
                    .doesNotContain("Exception");
        }
        var time = Instant.EPOCH;
        assertThat(SinkDetails.of(failed(new DeliveryReport.Sink.Failure(time, "http_503"))))
                .containsEntry("spoolBytes", 4_096L)
                .containsEntry("lastFailure", Map.of("time", time.toString(), "reason", "http_503"));
        for (String address : List.of("db.internal: refused", "10.0.0.1", "https://host/", "the host x is unknown")) {
            assertThat(SinkDetails.of(failed(new DeliveryReport.Sink.Failure(time, address))))
                    .containsEntry("lastFailure", Map.of("time", time.toString()));
        }
    }

    private static DeliveryReport.Sink failed(DeliveryReport.Sink.Failure failure) {
        return new DeliveryReport.Sink("xray", 2, 0, 2, 2, 4_096, 0, new TreeMap<>(), null, failure);
    }

    @Test
    void aLossIsDegradedForFiveMinutes() {
        Instant start = Instant.EPOCH.plusSeconds(86_400);
        var now = new AtomicReference<>(start);
        Obs obs = obs(document -> {});
        var indicator = new ObsHealthIndicator(obs, now::get);
        obs.error("is lost at the end").report();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        obs.close();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(obs.report().sinks().stream()
                                .mapToLong(DeliveryReport.Sink::lostTotal)
                                .sum())
                        .isPositive());
        assertThat(indicator.health().getStatus()).isEqualTo(ObsHealthIndicator.DEGRADED);
        now.set(start.plusSeconds(299));
        assertThat(indicator.health().getStatus()).isEqualTo(ObsHealthIndicator.DEGRADED);
        now.set(start.plusSeconds(301));
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void healthBacksOffWhereItIsOffReplacedOrHasNoModule() {
        runner.withPropertyValues("management.health.obs.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("obsHealthIndicator"));
        runner.withBean(
                        "obsHealthIndicator",
                        HealthIndicator.class,
                        () -> () -> Health.down().build())
                .run(context -> assertThat(
                                health(context.getBean(HealthIndicator.class)).getStatus())
                        .isEqualTo(Status.DOWN));
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("obsHealthIndicator"));
    }

    @Test
    void theEndpointIsThereOnceItIsExposedAndHoldsNoSecret() {
        var withEndpoints = runner.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class));
        withEndpoints.run(context -> assertThat(context).doesNotHaveBean(ObsEndpoint.class));
        withEndpoints
                .withPropertyValues("management.endpoints.web.exposure.include=obs")
                .run(context -> {
                    trace(context.getBean(Obs.class));
                    Map<String, Object> report =
                            context.getBean(ObsEndpoint.class).report();
                    assertThat(report)
                            .containsEntry("mode", "aws")
                            .containsEntry("service", "shop")
                            .containsEntry("openRoots", 0);
                    assertThat(String.valueOf(report.get("sinks")))
                            .contains("xray={accepted=1, delivered=1, pending=0");
                    assertThat(report.toString())
                            .doesNotContain("a-token-of-a-test")
                            .doesNotContain("127.0.0.1");
                });
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theLawIsInTheRegistryAndHoldsThere() {
        runner.withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class))
                .run(context -> {
                    trace(context.getBean(Obs.class));
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThat(records(registry, "xray", "accepted", "none").count())
                            .isEqualTo(1);
                    assertThat(records(registry, "xray", "delivered", "none").count())
                            .isEqualTo(1);
                    assertThat(registry.get("cruddur.obs.delivery.pending")
                                    .tag("sink", "xray")
                                    .gauge()
                                    .value())
                            .isZero();
                    assertThat(registry.get("cruddur.obs.delivery.spooled").gauges())
                            .hasSize(2);
                });
    }

    @Test
    void aLossGetsACounterWithItsReason() {
        Obs obs = obs(document -> {});
        var registry = new SimpleMeterRegistry();
        new DeliveryMeters(obs).bindTo(registry);
        obs.error("is lost at the end").report();
        obs.close();
        assertThat(registry.find("cruddur.obs.delivery.records")
                        .tag("outcome", "lost")
                        .functionCounters())
                .isEmpty();
        await().atMost(SOON).ignoreException(MeterNotFoundException.class).untilAsserted(() -> {
            assertThat(registry.get("cruddur.obs.delivery.pending")
                            .tag("sink", "rollbar")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(records(registry, "rollbar", "lost", "shutdown").count()).isEqualTo(1);
        });
    }

    private static FunctionCounter records(MeterRegistry registry, String sink, String outcome, String reason) {
        return registry.get("cruddur.obs.delivery.records")
                .tag("sink", sink)
                .tag("outcome", outcome)
                .tag("reason", reason)
                .functionCounter();
    }

    /** As a test of the application's puts one in the place of ours: all that it gives is null. */
    @Test
    void aMockOfObsHasNoMetersAndIsUp() {
        Runners.plain()
                .withBean(Obs.class, () -> mock(Obs.class))
                .withPropertyValues("cruddur.obs.mode=aws", "management.endpoints.web.exposure.include=obs")
                .withConfiguration(AutoConfigurations.of(
                        EndpointAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(MeterRegistry.class)
                                    .find("cruddur.obs.delivery.records")
                                    .meters())
                            .isEmpty();
                    assertThat(health(context.getBean("obsHealthIndicator", HealthIndicator.class))
                                    .getStatus())
                            .isEqualTo(Status.UP);
                    assertThat(context.getBean(ObsEndpoint.class).report()).containsEntry("sinks", Map.of());
                });
    }

    @Test
    void metersBackOffWhereTheyAreReplacedOrMicrometerIsNotThere() {
        MeterBinder own = registry -> {};
        runner.withBean("obsDeliveryMeters", MeterBinder.class, () -> own)
                .run(context ->
                        assertThat(context.getBeansOfType(MeterBinder.class)).containsValue(own));
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("obsDeliveryMeters"));
    }
}
