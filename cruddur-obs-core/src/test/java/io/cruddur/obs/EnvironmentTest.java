package io.cruddur.obs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.amazonaws.xray.AWSXRay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class EnvironmentTest {

    /** With nothing on disk, unless it is said where. */
    private static Obs obs(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        if (!variables.containsKey("CRUDDUR_OBS_DELIVERY_SPOOL_DIRECTORY")) {
            all.putIfAbsent("CRUDDUR_OBS_DELIVERY_SPOOL_MODE", "off");
        }
        return new Environment(all).toBuilder().shutdownTimeout(Duration.ZERO).build();
    }

    @Test
    void theUsualVariablesNameTheDestinations() {
        try (Obs obs = obs(Map.of(
                "AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:2000",
                "AWS_XRAY_TRACING_NAME", "backend-flask",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "key",
                "ROLLBAR_ACCESS_TOKEN", "token"))) {
            assertThat(obs.service()).isEqualTo("backend-flask");
            assertThat(obs.report().sinks())
                    .extracting(DeliveryReport.Sink::name)
                    .containsExactlyInAnyOrder("xray", "cloudwatch", "rollbar");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, true", "true, true", "FALSE, false", "perhaps, true"})
    void theBridgeToTheXraySdkMayBeTurnedOff(@Nullable String value, boolean bridged) {
        Map<String, String> variables = value == null ? Map.of() : Map.of("CRUDDUR_OBS_TRACE_XRAY_SDK_BRIDGE", value);
        try (Obs obs = obs(variables)) {
            boolean theirsIsChildOfOurs = obs.trace("ours")
                    .call(() -> AWSXRay.getCurrentSegmentOptional().isPresent());
            assertThat(theirsIsChildOfOurs).isEqualTo(bridged);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "always_on, -, 20",
                "parentbased_always_on, -, 20",
                "ALWAYS_OFF, -, 0",
                "parentbased_always_off, -, 0",
                "traceidratio, -, 20",
                "traceidratio, 0, 0",
                "parentbased_traceidratio, 1.0, 20",
            })
    void theSamplerMayBeNamedAsForOpenTelemetry(String sampler, @Nullable String argument, int recorded) {
        try (Obs obs = obs(Map.of(
                "AWS_XRAY_DAEMON_ADDRESS",
                "127.0.0.1:9",
                "OTEL_TRACES_SAMPLER",
                sampler,
                "OTEL_TRACES_SAMPLER_ARG",
                Objects.requireNonNullElse(argument, "")))) {
            assertThat(IntStream.range(0, 20)
                            .filter(i -> obs.trace("root").call(span -> span.isRecording()))
                            .count())
                    .isEqualTo(recorded);
            // That of a test before may be about to end.
            await().until(() -> !isFollowingTheAccountsRules());
        }
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "xray, ''", "jaeger_remote, jaeger_remote", "traceidratio, 7"})
    void theAccountsRulesAreFollowedOtherwiseAsTheXRaySdkDoes(String sampler, String argument) {
        List<String> said = messagesWhile(() -> {
            try (Obs obs = obs(Map.of(
                    "AWS_XRAY_DAEMON_ADDRESS",
                    "127.0.0.1:9",
                    "OTEL_TRACES_SAMPLER",
                    sampler,
                    "OTEL_TRACES_SAMPLER_ARG",
                    argument))) {
                assertThat(isFollowingTheAccountsRules()).isTrue();
                assertThat(obs.report().sinks()).hasSize(1);
            }
        });
        assertThat(said.stream()
                        .filter(line -> line.contains("are followed until it is mended") && line.contains(argument)))
                .hasSize(argument.isEmpty() ? 0 : 1);
    }

    private static boolean isFollowingTheAccountsRules() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("cruddur-obs-sampling"));
    }

    @Test
    void otelPropagatorsChooseTheHeaders() {
        var headers = new HashMap<String, String>();
        try (Obs obs = obs(Map.of("OTEL_PROPAGATORS", "b3,baggage"))) {
            obs.trace("root").run(() -> obs.inject(headers::put));
        }
        assertThat(headers.keySet()).containsExactly("b3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9 | the X-Ray daemon at 127.0.0.1:9 (udp)",
                "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9 OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 | (udp)",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 AWS_REGION=eu-central-1 AWS_PROFILE=p | 127.0.0.1 (otlp)",
                "AWS_REGION=eu-central-1 AWS_PROFILE=p | X-Ray (api, eu-central-1)",
                "AWS_DEFAULT_REGION=eu-central-1 AWS_ACCESS_KEY_ID=id | X-Ray (api, eu-central-1)",
                "CRUDDUR_OBS_TRACE_EXPORTER=acknowledged | X-Ray through the daemon at 127.0.0.1:2000 (acknowledged)",
                "CRUDDUR_OBS_TRACE_EXPORTER=acknowledged AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9 | 127.0.0.1:9 (acknowledged)",
                "CRUDDUR_OBS_TRACE_EXPORTER=OTLP AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9 | 127.0.0.1 (otlp)",
                "CRUDDUR_OBS_TRACE_EXPORTER=udp,otlp | the X-Ray daemon at 127.0.0.1:2000 (udp), 127.0.0.1 (otlp)",
            })
    void theWayOfTracesIsSaidOrFollowsFromWhatIsThere(String variables, String said) {
        var all = new HashMap<String, String>();
        for (String variable : variables.split(" ", -1)) {
            String[] pair = variable.split("=", 2);
            all.put(pair[0], pair[1]);
        }
        // Only the traces: logs would go to the region as well.
        List<String> lines = messagesWhile(() -> obs(all).close());
        assertThat(lines)
                .filteredOn(line -> line.startsWith("Traces go to "))
                .singleElement()
                .asString()
                .endsWith(said + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRUDDUR_OBS_TRACE_EXPORTER | tcp | udp, acknowledged, api and otlp",
                "AWS_ENDPOINT_URL_XRAY | localhost | http://host:port/path",
                "OTEL_EXPORTER_OTLP_ENDPOINT | collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT",
            })
    void aWayThatCannotBeReadIsOneClearLineAndTheApplicationStarts(String name, String value, String hint) {
        List<String> lines = messagesWhile(() -> obs(Map.of(name, value, "AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:9"))
                .close());
        assertThat(lines)
                .filteredOn(line -> line.contains(name))
                .singleElement()
                .asString()
                .contains(hint);
    }

    @Test
    void withoutADaemonOneTraceASecondAndFivePercentAreRecorded() {
        try (Obs obs = obs(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"))) {
            long recorded = IntStream.range(0, 1_000)
                    .filter(i -> obs.trace("root").call(span -> span.isRecording()))
                    .count();
            // 51 are expected; by chance it is outside once in more than a million runs.
            assertThat(recorded).isBetween(15L, 100L);
            // That of a test before may be about to end.
            await().until(() -> !isFollowingTheAccountsRules());
        }
    }

    @Test
    void credentialsWithoutARegionAreNoDestination() {
        try (Obs obs = obs(Map.of("AWS_ACCESS_KEY_ID", "id"))) {
            assertThat(obs.report().sinks()).isEmpty();
        }
    }

    @Test
    void anEmptyEnvironmentSaysHowToBegin() {
        assertThat(messagesWhile(() -> obs(Map.of()).close()))
                .anySatisfy(message -> assertThat(message).contains("AWS_XRAY_DAEMON_ADDRESS"));
    }

    @Test
    void aTypoIsOneClearLineAndTheApplicationStarts() {
        assertThat(messagesWhile(() -> {
                    try (Obs obs = obs(Map.of("AWS_XRAY_DAEMON_ADDRESS", "xray-daemon"))) {
                        assertThat(obs.report().sinks()).isEmpty();
                    }
                }))
                .filteredOn(message -> message.contains("'xray-daemon'"))
                .singleElement()
                .asString()
                .contains("127.0.0.1:2000");
    }

    @Test
    void aMistypedEndpointSendsNothingToTheServiceItself() {
        assertThat(messagesWhile(() -> {
                    try (Obs obs = obs(Map.of(
                            "ROLLBAR_ACCESS_TOKEN", "token",
                            "ROLLBAR_ENDPOINT", "localhost:9999/api",
                            "AWS_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "id",
                            "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "ht tp://user:password@host"))) {
                        assertThat(obs.report().sinks())
                                .extracting(DeliveryReport.Sink::name)
                                .containsExactly("xray");
                    }
                }))
                .noneSatisfy(message -> assertThat(message).contains("password"))
                .anySatisfy(message -> assertThat(message).contains("ROLLBAR_ENDPOINT", "https://host/path"))
                .anySatisfy(message -> assertThat(message).contains("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"));
    }

    @Test
    void aServiceNameThatIsNoLogGroupStillStarts() {
        try (Obs obs = obs(
                Map.of("AWS_XRAY_TRACING_NAME", "my app", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://127.0.0.1:1"))) {
            assertThat(obs.service()).isEqualTo("my app");
            assertThat(obs.report().sinks())
                    .extracting(DeliveryReport.Sink::name)
                    .containsExactly("cloudwatch");
        }
    }

    @Test
    void aNameThatTheServiceRefusesStartsNothing() {
        assertThatThrownBy(() -> Obs.builder()
                        .xrayDaemon("127.0.0.1:2000")
                        .logGroup("aws/reserved")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'aws/reserved'")
                .hasMessageContaining("not beginning with aws/");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,           0, true",
                "overflow,    0, true",
                "WRITE-AHEAD, 1, true",
                "off,         0, false",
            })
    void theSpoolsModeAndPlaceMayBeSaid(@Nullable String mode, long spooled, boolean kept, @TempDir Path directory)
            throws IOException {
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            hanging.setSoTimeout(30_000);
            try (Obs obs = obs(Map.of(
                    "ROLLBAR_ACCESS_TOKEN",
                    "token",
                    "ROLLBAR_ENDPOINT",
                    "http://127.0.0.1:" + hanging.getLocalPort() + "/",
                    "CRUDDUR_OBS_DELIVERY_SPOOL_MODE",
                    Objects.requireNonNullElse(mode, ""),
                    "CRUDDUR_OBS_DELIVERY_SPOOL_DIRECTORY",
                    directory.toString()))) {
                obs.error("never taken").report();
                try (Socket call = hanging.accept()) {
                    assertThat(call.isConnected()).isTrue();
                    await().untilAsserted(() ->
                            assertThat(obs.report().sinks().get(0).spooled()).isEqualTo(spooled));
                    // It hangs on: an answer or its end would be another reason to keep it.
                    obs.close();
                }
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.anyMatch(file -> file.toString().endsWith(".seg"))).isEqualTo(kept);
        }
    }

    @Test
    void aSpoolModeThatThereIsNotIsOneClearLineAndTheApplicationStarts() {
        assertThat(messagesWhile(() -> obs(Map.of("CRUDDUR_OBS_DELIVERY_SPOOL_MODE", "perhaps"))
                        .close()))
                .filteredOn(message -> message.contains("'perhaps'"))
                .singleElement()
                .asString()
                .contains("CRUDDUR_OBS_DELIVERY_SPOOL_MODE", "overflow, write-ahead and off");
    }

    @Test
    void offStartsNoThread() {
        long before = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cruddur-obs"))
                .count();
        try (Obs off = Obs.builder().enabled(false).xrayDaemon("127.0.0.1:2000").build()) {
            off.trace("root").run(() -> {});
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("cruddur-obs"))
                            .count())
                    .isLessThanOrEqualTo(before);
        }
    }

    private static List<String> messagesWhile(Runnable work) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var appender = new ListAppender<ILoggingEvent>();
        // Threads of the library may still log while it is read.
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        root.addAppender(appender);
        try {
            work.run();
        } finally {
            root.detachAppender(appender);
        }
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
