package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.test.SegmentsReceiver;
import io.cruddur.obs.test.otlp.OtlpReceiver;
import io.cruddur.obs.test.otlp.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import software.amazon.awssdk.services.xray.XRayClient;

/** Which ways traces take, by what arrives at real sockets and by what is said at the start. */
@ExtendWith(OutputCaptureExtension.class)
class TraceExporterTest {
    private static final String API = "AWS_REGION=eu-central-1 AWS_ACCESS_KEY_ID=test";

    private SegmentsReceiver xray;
    private OtlpReceiver collector;
    private ApplicationContextRunner runner;

    @BeforeEach
    void open() throws IOException {
        xray = new SegmentsReceiver();
        collector = new OtlpReceiver();
        runner = Runners.plain()
                .withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
                .withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.logs.enabled=false",
                        "cruddur.obs.errors.enabled=false",
                        "cruddur.obs.delivery.shutdown-timeout=500ms",
                        "cruddur.obs.trace.sampler=always");
    }

    @AfterEach
    void close() {
        xray.close();
        collector.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9 OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 " + API
                        + " | traces to the X-Ray daemon at 127.0.0.1:9 (udp).",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://me:sled@127.0.0.1:9 " + API
                        + " | traces over OTLP to http://127.0.0.1:9 (otlp).",
                "cruddur.obs.trace.otlp.endpoint=http://127.0.0.1:9/v1/traces " + API
                        + " | traces over OTLP to http://127.0.0.1:9 (otlp).",
                API + " | traces to X-Ray in eu-central-1 (api).",
                API + " AWS_ENDPOINT_URL_XRAY=http://127.0.0.1:9/ | traces to X-Ray at http://127.0.0.1:9 (api).",
                "AWS_ACCESS_KEY_ID=test | nothing is sent.",
                "AWS_REGION=eu-central-1 | nothing is sent.",
                "cruddur.obs.trace.exporter=acknowledged "
                        + "| traces to X-Ray through the daemon at 127.0.0.1:2000 (acknowledged).",
                "cruddur.obs.trace.exporter=otlp | traces over OTLP to http://127.0.0.1:4318 (otlp).",
                "cruddur.obs.trace.exporter=otlp,udp,otlp AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9 "
                        + "| over OTLP to http://127.0.0.1:4318 (otlp); traces to the X-Ray daemon at 127.0.0.1:9 (udp).",
                "cruddur.obs.trace.exporter= AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9 | daemon at 127.0.0.1:9 (udp).",
            })
    void theStartSaysWhichWaysAreTaken(String properties, String said, CapturedOutput output) {
        runner.withPropertyValues(properties.split(" "))
                .run(context -> assertThat(output).contains(said).doesNotContain("sled"));
    }

    @ParameterizedTest
    @CsvSource({"cruddur.obs.trace.daemon-address", "AWS_XRAY_DAEMON_ADDRESS"})
    void acknowledged(String name) {
        runner.withPropertyValues("cruddur.obs.trace.exporter=acknowledged", name + "=" + xray.address())
                .run(context -> {
                    String id = traced(context.getBean(Obs.class), "to the daemon");
                    await().untilAsserted(() -> assertThat(xray.documents())
                            .anyMatch(document ->
                                    document.path("trace_id").asString().equals(id)));
                });
    }

    @ParameterizedTest
    @CsvSource({"cruddur.obs.trace.endpoint", "AWS_ENDPOINT_URL_XRAY"})
    void api(String name) {
        runner.withPropertyValues("AWS_REGION=eu-central-1", "cruddur.obs.trace.exporter=api")
                .withPropertyValues(name + "=" + xray.endpoint())
                .run(context -> {
                    String id = traced(context.getBean(Obs.class), "to X-Ray");
                    await().atMost(Duration.ofSeconds(20))
                            .untilAsserted(() -> assertThat(xray.documents())
                                    .anyMatch(document ->
                                            document.path("trace_id").asString().equals(id)));
                });
    }

    @Test
    void otlpByProperties() {
        runner.withPropertyValues(
                        "cruddur.obs.service=backend-flask",
                        "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9",
                        "OTEL_EXPORTER_OTLP_HEADERS=X-Key=theirs,x-other=kept",
                        "OTEL_RESOURCE_ATTRIBUTES=team=theirs,zone=a",
                        "cruddur.obs.trace.otlp.endpoint=" + collector.endpoint(),
                        "cruddur.obs.trace.otlp.headers.x-key=ours",
                        "cruddur.obs.trace.otlp.compression=none",
                        "cruddur.obs.trace.otlp.resource-attributes.team=shop",
                        "cruddur.obs.trace.otlp.resource-attributes.k8s.pod.name=a-1")
                .run(context -> {
                    traced(context.getBean(Obs.class), "by property");
                    ReceivedSpan span = span();
                    assertThat(span.ofResource("service.name").orElseThrow().getStringValue())
                            .isEqualTo("backend-flask");
                    assertThat(span.ofResource("team").orElseThrow().getStringValue())
                            .isEqualTo("shop");
                    assertThat(span.ofResource("zone").orElseThrow().getStringValue())
                            .isEqualTo("a");
                    assertThat(span.ofResource("k8s.pod.name").orElseThrow().getStringValue())
                            .isEqualTo("a-1");
                    assertThat(collector.requests()).allSatisfy(request -> {
                        assertThat(request.header("x-key")).isEqualTo("ours");
                        assertThat(request.header("x-other")).isEqualTo("kept");
                        assertThat(request.headers().keySet())
                                .noneMatch(header -> header.equalsIgnoreCase("Content-Encoding"));
                    });
                });
    }

    @Test
    void otlpByVariablesIsCompressed() {
        runner.withPropertyValues("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.base())
                .run(context -> {
                    traced(context.getBean(Obs.class), "by variable");
                    assertThat(span().name()).isEqualTo("by variable");
                    assertThat(collector.requests())
                            .allSatisfy(request -> assertThat(request.header("Content-Encoding"))
                                    .isEqualTo("gzip"));
                });
    }

    @Test
    void aBeanSaysWhereTheCollectorIs() {
        runner.withBean(OtlpConnectionDetails.class, () -> new Own(collector.endpoint()))
                .run(context -> {
                    traced(context.getBean(Obs.class), "by bean");
                    span();
                    assertThat(collector.requests())
                            .allSatisfy(request ->
                                    assertThat(request.header("x-key")).isEqualTo("of the bean"));
                });
    }

    private record Own(URI getEndpoint) implements OtlpConnectionDetails {
        @Override
        public Map<String, String> getHeaders() {
            return Map.of("x-key", "of the bean");
        }
    }

    @Test
    void severalAtOnceGetTheSameTrace() {
        runner.withPropertyValues(
                        "cruddur.obs.trace.exporter=acknowledged,otlp",
                        "cruddur.obs.trace.daemon-address=" + xray.address(),
                        "cruddur.obs.trace.otlp.endpoint=" + collector.endpoint())
                .run(context -> {
                    String id = traced(context.getBean(Obs.class), "twice");
                    assertThat(span().traceId()).isEqualTo(id.substring(2).replace("-", ""));
                    await().untilAsserted(() -> assertThat(xray.documents())
                            .anyMatch(document ->
                                    document.path("trace_id").asString().equals(id)));
                });
    }

    @Test
    void theVariableIsReadAndThePropertyWins() {
        ApplicationContextRunner withVariable = runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .replace(
                        "systemEnvironment",
                        new SystemEnvironmentPropertySource(
                                "systemEnvironment", Map.of("CRUDDUR_OBS_TRACE_EXPORTER", "acknowledged,otlp"))));

        withVariable.run(context -> assertThat(
                        context.getBean(ObsProperties.class).trace().exporter())
                .containsExactly(TraceExporter.ACKNOWLEDGED, TraceExporter.OTLP));
        withVariable
                .withPropertyValues("cruddur.obs.trace.exporter=udp")
                .run(context -> assertThat(
                                context.getBean(ObsProperties.class).trace().exporter())
                        .containsExactly(TraceExporter.UDP));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, udp", "api, udp", "otlp, udp", "udp, udp", "acknowledged, acknowledged"})
    void inLocalModeAllGoesToTheConsole(@Nullable String exporter, String way, CapturedOutput output) {
        runner.withPropertyValues("cruddur.obs.mode=local")
                .withBean(OtlpConnectionDetails.class, () -> collector::endpoint)
                .withClassLoader(new FilteredClassLoader(XRayClient.class))
                .withPropertyValues(exporter == null ? "a=b" : "cruddur.obs.trace.exporter=" + exporter)
                .run(context -> {
                    var page = new ConsoleClient(context.getBean(Console.class));
                    String id = traced(context.getBean(Obs.class), "local");
                    await().untilAsserted(() -> assertThat(
                                    page.get("/api/traces/" + id).isMissingNode())
                            .isFalse());
                    assertThat(output).contains("(" + way + ")");
                    assertThat(collector.requests()).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({"api, software.amazon.awssdk:xray", "otlp, io.opentelemetry.proto:opentelemetry-proto"})
    void oneThatWasAskedForWithoutItsLibraryEndsTheStart(String exporter, String library) {
        runner.withClassLoader(new FilteredClassLoader(XRayClient.class, Span.class))
                .withPropertyValues("cruddur.obs.trace.exporter=udp," + exporter)
                .run(context -> {
                    Throwable failure = Objects.requireNonNull(context.getStartupFailure());
                    var analysis = new InvalidObsPropertyFailureAnalyzer().analyze(failure);
                    assertThat(analysis).isNotNull();
                    assertThat(analysis.getDescription()).contains("cruddur.obs.trace.exporter=" + exporter);
                    assertThat(analysis.getAction()).contains("Add the dependency " + library);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                API + " | software.amazon.awssdk:xray is not on the class path. Add that dependency, or",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 "
                        + "| io.opentelemetry.proto:opentelemetry-proto is not on the class path. Add that dependency, or",
                "a=b | Cruddur Obs sends no traces: no way out is set for them. Set AWS_XRAY_DAEMON_ADDRESS=host:port,",
            })
    void oneThatIsOnlyDecidedOnDoesNot(String properties, String said, CapturedOutput output) {
        runner.withClassLoader(new FilteredClassLoader(XRayClient.class, Span.class))
                .withPropertyValues(properties.split(" "))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(sinks(context.getBean(Obs.class))).isEmpty();
                    assertThat(output).containsOnlyOnce(said);
                });
    }

    @ParameterizedTest
    @CsvSource({"cruddur.obs.trace.exporter=udp", "cruddur.obs.trace.exporter=otlp", "cruddur.obs.trace.exporter=api"})
    void aWayThatWasAskedForIsNotMissed(String property, CapturedOutput output) {
        runner.withPropertyValues(property, "AWS_REGION=eu-central-1")
                .run(context -> assertThat(output).doesNotContain("sends no traces"));
    }

    @Test
    void withoutADaemonToAskOneTraceASecondAndAFewAreRecorded() {
        runner.withPropertyValues("cruddur.obs.trace.sampler=central", "cruddur.obs.trace.exporter=otlp")
                .run(context -> {
                    Obs obs = context.getBean(Obs.class);
                    boolean first = obs.trace("first").call(span -> span.isRecording());
                    long recorded = IntStream.range(0, 1_000)
                            .filter(i -> obs.trace("more").call(span -> span.isRecording()))
                            .count();
                    assertThat(first).isTrue();
                    // 5% of them and one each second; never all, as without any sampler.
                    assertThat(recorded).isLessThan(500);
                });
    }

    @Test
    void headersAreNotInTheTextOfTheProperties() {
        runner.withPropertyValues("cruddur.obs.trace.otlp.headers.x-key=rosebud")
                .run(context -> {
                    assertThat(context.getBean(ObsProperties.class)).asString().doesNotContain("rosebud");
                    assertThat(context.getBean(OtlpConnectionDetails.class))
                            .asString()
                            .doesNotContain("rosebud");
                });
    }

    @Test
    void bootsOwnAddressForTracesIsNotOurs() {
        runner.withPropertyValues(
                        "management.otlp.tracing.endpoint=" + collector.endpoint(),
                        "management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint())
                .run(context -> assertThat(sinks(context.getBean(Obs.class))).isEmpty());
    }

    private static String traced(Obs obs, String name) {
        return obs.trace(name).call(span -> span.context().xrayTraceId());
    }

    private ReceivedSpan span() {
        return await().atMost(Duration.ofSeconds(20))
                .until(collector::spans, spans -> !spans.isEmpty())
                .get(0);
    }

    private static List<String> sinks(Obs obs) {
        return obs.report().sinks().stream().map(DeliveryReport.Sink::name).toList();
    }
}
