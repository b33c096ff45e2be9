package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mockStatic;

import com.amazonaws.xray.AWSXRay;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.aws.platform.Platform;
import io.cruddur.obs.aws.platform.PlatformLookup;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.test.DaemonReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;

/** Each property, by what it changes at the receiving end; the console stands in for the three services. */
class PropertiesTest {
    private static Console console;
    private static ConsoleClient received;
    private ApplicationContextRunner runner;

    @BeforeAll
    static void open() throws IOException {
        console = Console.builder().port(0).open();
        received = new ConsoleClient(console);
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @BeforeEach
    void awsMode() {
        runner = Runners.aws(console);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                          application",
                "spring.application.name=a1, a1",
                "AWS_XRAY_TRACING_NAME=a2,   a2",
                "OTEL_SERVICE_NAME=a4,       a4",
                "cruddur.obs.service=a3,     a3",
            })
    void service(@Nullable String property, String expected) {
        with(property)
                .run(context -> assertThat(context.getBean(Obs.class).service()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                            production",
                "ROLLBAR_ENVIRONMENT=e1,       e1",
                "cruddur.obs.environment=e2,   e2",
            })
    void environment(@Nullable String property, String expected) {
        with(property)
                .run(context -> assertThat(error(context.getBean(Obs.class), "environment " + expected)
                                .path("environment")
                                .asString())
                        .isEqualTo(expected));
    }

    @Test
    void environmentIsLocalInLocalMode() {
        Runners.plain().withPropertyValues("cruddur.obs.mode=local").run(context -> {
            Obs obs = context.getBean(Obs.class);
            var own = new ConsoleClient(context.getBean(Console.class));
            assertThat(error(own, obs, "local").path("environment").asString()).isEqualTo("local");
        });
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "aws,   cruddur.obs.trace.rate=0,                                    false",
                "aws,   cruddur.obs.trace.rate=1,                                    true",
                "aws,   cruddur.obs.trace.sampler=always cruddur.obs.trace.rate=0,   true",
                "aws,   cruddur.obs.trace.sampler=never cruddur.obs.trace.rate=1,    false",
                "aws,   cruddur.obs.trace.sampling-rules=classpath:all-rules.json,   true",
                "aws,   cruddur.obs.trace.sampling-rules=classpath:no-rules.json,    false",
                "local, cruddur.obs.trace.sampling-rules=classpath:no-rules.json,    true",
                "local, cruddur.obs.trace.rate=0,                                    true",
                "local, cruddur.obs.trace.sampler=rate cruddur.obs.trace.rate=0,     false",
            })
    void sampler(String mode, String properties, boolean recorded) {
        runner.withPropertyValues("cruddur.obs.mode=" + mode)
                .withPropertyValues(properties.split(" "))
                .run(context -> {
                    boolean recording =
                            context.getBean(Obs.class).trace("sampled").call(span -> span.isRecording());
                    assertThat(recording).isEqualTo(recorded);
                });
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                                       true",
                "cruddur.obs.trace.xray-sdk-bridge=true,  true",
                "cruddur.obs.trace.xray-sdk-bridge=false, false",
            })
    void xraySdkBridge(@Nullable String property, boolean bridged) {
        with(property).withPropertyValues("cruddur.obs.trace.sampler=always").run(context -> {
            boolean theirsIsChildOfOurs = context.getBean(Obs.class)
                    .trace("ours")
                    .call(() -> AWSXRay.getCurrentSegmentOptional().isPresent());
            assertThat(theirsIsChildOfOurs).isEqualTo(bridged);
        });
    }

    @Test
    void theAccountsRulesAreFollowedByDefault() {
        runner.run(context -> await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            // The console's one rule records everything; what decides before it is read does not.
            Obs obs = context.getBean(Obs.class);
            assertThat(IntStream.range(0, 100))
                    .allMatch(i -> obs.trace("central").call(span -> span.isRecording()));
        }));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void inboundSampledPerSecond(int cap, boolean recorded) {
        runner.withPropertyValues(
                        "cruddur.obs.trace.sampler=never", "cruddur.obs.trace.inbound-sampled-per-second=" + cap)
                .run(context -> {
                    boolean recording = context.getBean(Obs.class)
                            .trace("inbound")
                            .continueFrom(PropertiesTest::sampledHeader)
                            .call(span -> span.isRecording());
                    assertThat(recording).isEqualTo(recorded);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                                                        | X-Amzn-Trace-Id traceparent baggage",
                "OTEL_PROPAGATORS=b3,baggage                              | b3 baggage",
                "OTEL_PROPAGATORS=b3 cruddur.obs.trace.propagation.write=w3c,b3-multi "
                        + "| traceparent X-B3-TraceId X-B3-SpanId X-B3-Sampled",
                "cruddur.obs.trace.propagation.baggage=false              | X-Amzn-Trace-Id traceparent",
                "cruddur.obs.trace.propagation.write=                     | baggage",
            })
    void propagationWrite(@Nullable String properties, String written) {
        runner.withPropertyValues(properties == null ? new String[0] : properties.split(" "))
                .run(context -> {
                    Obs obs = context.getBean(Obs.class);
                    var headers = new LinkedHashMap<String, String>();
                    obs.trace("out").run(() -> {
                        obs.putBaggage("a", "1");
                        obs.inject(headers::put);
                    });
                    assertThat(headers.keySet()).containsExactly(written.split(" "));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "cruddur.obs.trace.propagation.read=b3,        false",
        "cruddur.obs.trace.propagation.read=B3_MULTI + XRAY, true",
        "OTEL_PROPAGATORS=none,                        false",
    })
    void propagationRead(String property, boolean continued) {
        runner.withPropertyValues(property.replace(" + ", ",")).run(context -> {
            String id = context.getBean(Obs.class)
                    .trace("in")
                    .continueFrom(PropertiesTest::sampledHeader)
                    .call(span -> span.context().xrayTraceId());
            assertThat(id.equals("1-5759e988-bd862e3fe1be46a994272793")).isEqualTo(continued);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_XRAY_URL=*4567-brave.example*, 4567-brave.example",
        "AWS_XRAY_URL=*other*, backend-flask",
        "cruddur.obs.trace.named-by-host=*brave*, 4567-brave.example",
    })
    void namedByHost(String property, String name) {
        runner.withPropertyValues("cruddur.obs.service=backend-flask", property)
                .run(context -> assertThat(context.getBean(Obs.class).segmentName("4567-brave.example"))
                        .isEqualTo(name));
    }

    @Test
    void daemonAddress() {
        runner.withPropertyValues(
                        "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9",
                        "cruddur.obs.trace.sampler=always",
                        "cruddur.obs.trace.daemon-address=tcp:127.0.0.1:1 udp:127.0.0.1:" + console.port())
                .run(context -> {
                    String id = context.getBean(Obs.class)
                            .trace("to the daemon")
                            .call(span -> span.context().xrayTraceId());
                    await().untilAsserted(() -> assertThat(
                                    received.get("/api/traces/" + id).isMissingNode())
                            .isFalse());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_REGION= AWS_DEFAULT_REGION=eu-west-1,              eu-west-1",
        "AWS_REGION=eu-west-2 AWS_DEFAULT_REGION=eu-west-1,     eu-west-2",
        "AWS_REGION=eu-west-2 cruddur.obs.logs.region=eu-west-3, eu-west-3",
    })
    void logsRegion(String properties, String expected) {
        runner.withPropertyValues(properties.split(" "))
                .run(context -> assertThat(context.getBean(CloudWatchLogsConnectionDetails.class)
                                .getRegion())
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void logsMdc(boolean asked, boolean there) {
        runner.withPropertyValues("cruddur.obs.logs.mdc=" + asked).run(context -> {
            boolean traceId =
                    context.getBean(Obs.class).trace("with its id in the MDC").call(() -> MDC.get("traceId") != null);
            assertThat(traceId).isEqualTo(there);
        });
    }

    /** What a process runs on is looked for once; here it is told. */
    @ParameterizedTest
    @CsvSource({"aws, true, AWS::ECS::Container", "aws, false, ''", "local, true, ''"})
    void platformDetection(String mode, boolean asked, String origin) throws IOException {
        try (var lookup = mockStatic(PlatformLookup.class);
                var daemon = new DaemonReceiver()) {
            lookup.when(PlatformLookup::ofThisProcess)
                    .thenReturn((Supplier<Platform>) () -> Platform.of("AWS::ECS::Container"));
            runner.withBean("daemon", XrayConnectionDetails.class, () -> daemon::address)
                    .withPropertyValues(
                            "cruddur.obs.mode=" + mode,
                            "cruddur.obs.trace.exporter=udp",
                            "cruddur.obs.trace.sampler=always",
                            "cruddur.obs.trace.platform-detection=" + asked)
                    .run(context -> {
                        context.getBean(Obs.class).trace("somewhere").run(() -> {});
                        assertThat(daemon.next().path("origin").asString("")).isEqualTo(origin);
                    });
        }
    }

    @Test
    void logsGroupAndStreamAndEndpoint() {
        runner.withPropertyValues(
                        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://127.0.0.1:9",
                        "cruddur.obs.logs.endpoint=http://127.0.0.1:" + console.port(),
                        "cruddur.obs.logs.group=/cruddur/backend",
                        "cruddur.obs.logs.stream=one")
                .run(context -> {
                    JsonNode line = line("with group and stream");
                    assertThat(line.path("group").asString()).isEqualTo("/cruddur/backend");
                    assertThat(line.path("stream").asString()).isEqualTo("one");
                });
    }

    @Test
    void logsFormatAndNames() {
        runner.withPropertyValues(
                        "cruddur.obs.logs.format=ecs",
                        "cruddur.obs.logs.field-names.logger=class",
                        "cruddur.obs.logs.caller-data=true")
                .run(context -> {
                    JsonNode fields = line("in ECS").path("fields");
                    assertThat(fields.path("log.level").asString()).isEqualTo("INFO");
                    assertThat(fields.path("class").asString()).contains("PropertiesTest");
                    assertThat(fields.path("log.origin.function").asString()).contains("PropertiesTest.line");
                });
    }

    @Test
    void logsMaxMessageBytes() {
        runner.withPropertyValues("cruddur.obs.logs.max-message-bytes=256B").run(context -> {
            LoggerFactory.getLogger(PropertiesTest.class).info("{}", "y ".repeat(500));
            // Cut between words: a half of one might be a half of a secret.
            assertThat(received("y ".repeat(117) + "… (1000 characters)").isMissingNode())
                    .isFalse();
        });
    }

    @Test
    void logsPattern() {
        runner.withPropertyValues("cruddur.obs.logs.pattern=%level [%xrayTraceId] %msg%n")
                .run(context -> {
                    String trace = context.getBean(Obs.class).trace("traced").call(span -> {
                        LoggerFactory.getLogger(PropertiesTest.class).info("plain");
                        return span.context().xrayTraceId();
                    });
                    assertThat(received("INFO [" + trace + "] plain")
                                    .path("traceId")
                                    .asString())
                            .isEqualTo(trace);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "cruddur.obs.logs.folded-frames=org.junit, true",
        "cruddur.obs.logs.folded-frames=,          false",
    })
    void logsFoldedFramesAndRootCauseFirst(String folded, boolean isFolded) {
        runner.withPropertyValues(folded, "cruddur.obs.logs.root-cause-first=true")
                .run(context -> {
                    String message = "with a stack, folded: " + isFolded;
                    LoggerFactory.getLogger(PropertiesTest.class)
                            .error(message, new IllegalStateException("outer", new IllegalArgumentException("root")));
                    String stack = received(message).path("exception").asString();
                    assertThat(stack)
                            .startsWith("java.lang.IllegalArgumentException: root")
                            .contains("Wrapped by: ");
                    assertThat(stack.contains("folded")).isEqualTo(isFolded);
                });
    }

    @Test
    void logsGroupIsTheServiceInCharactersThatAGroupMayHave() {
        runner.withPropertyValues("cruddur.obs.service=Cruddur & Co")
                .run(context -> assertThat(
                                line("of a named service").path("group").asString())
                        .isEqualTo("Cruddur___Co"));
    }

    @Test
    void whatTheApplicationsBeansLogWhileTheyAreMadeIsShipped() {
        runner.withUserConfiguration(Early.class)
                .run(context -> assertThat(
                                received("an early bean").path("level").asString())
                        .isEqualTo("INFO"));
    }

    @Test
    void logsAndErrorsEnabled() {
        runner.withPropertyValues("cruddur.obs.logs.enabled=false")
                .run(context ->
                        assertThat(sinks(context.getBean(Obs.class))).containsExactlyInAnyOrder("xray", "rollbar"));
        runner.withPropertyValues("cruddur.obs.errors.enabled=false")
                .run(context ->
                        assertThat(sinks(context.getBean(Obs.class))).containsExactlyInAnyOrder("xray", "cloudwatch"));
    }

    @Test
    void errorsAccessTokenAndEndpoint() {
        runner.withPropertyValues(
                        "ROLLBAR_ENDPOINT=http://127.0.0.1:9/",
                        "cruddur.obs.errors.access-token=mine",
                        "cruddur.obs.errors.endpoint=http://127.0.0.1:" + console.port() + "/api/1/item/")
                .run(context -> {
                    assertThat(context.getBean(RollbarConnectionDetails.class).getAccessToken())
                            .isEqualTo("mine");
                    assertThat(error(context.getBean(Obs.class), "by endpoint").isMissingNode())
                            .isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource({"ROLLBAR_CODE_VERSION=v1, v1", "cruddur.obs.errors.code-version=v2, v2"})
    void errorsCodeVersion(String property, String expected) {
        with(property)
                .run(context -> assertThat(error(context.getBean(Obs.class), "version " + expected)
                                .path("code_version")
                                .asString())
                        .isEqualTo(expected));
    }

    @Test
    void consoleToken() {
        Runners.plain()
                .withPropertyValues("cruddur.obs.mode=local", "cruddur.obs.console.token=open-sesame")
                .run(context ->
                        assertThat(context.getBean(Console.class).token()).isEqualTo("open-sesame"));
    }

    private ApplicationContextRunner with(@Nullable String property) {
        return property == null ? runner : runner.withPropertyValues(property);
    }

    private static @Nullable String sampledHeader(String name) {
        return name.equalsIgnoreCase("X-Amzn-Trace-Id")
                ? "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
                : null;
    }

    private static List<String> sinks(Obs obs) {
        return obs.report().sinks().stream().map(DeliveryReport.Sink::name).toList();
    }

    private static JsonNode line(String message) {
        LoggerFactory.getLogger(PropertiesTest.class).info(message);
        return received(message);
    }

    private static JsonNode received(String message) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> received.get("/api/logs")
                                .path("logs")
                                .valueStream()
                                .filter(line -> line.path("message").asString().equals(message))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "cruddur.obs.redact.enabled=true,             r1 password=[redacted] EMP-12 emp: 7",
        "cruddur.obs.redact.enabled=false,            r2 password=x EMP-12 emp: 7",
        "cruddur.obs.redact.patterns=EMP-[0-9]+,      r3 password=[redacted] [redacted] emp: 7",
        "cruddur.obs.redact.names=emp,                r4 password=[redacted] EMP-12 emp: [redacted]",
    })
    void redact(String property, String expected) {
        with(property)
                .run(context -> assertThat(error(
                                        received,
                                        context.getBean(Obs.class),
                                        expected.substring(0, 2) + " password=x EMP-12 emp: 7",
                                        expected.substring(0, 2) + ' ')
                                .at("/body/message/body")
                                .asString())
                        .isEqualTo(expected));
    }

    private static JsonNode error(Obs obs, String message) {
        return error(received, obs, message);
    }

    private static JsonNode error(ConsoleClient at, Obs obs, String message) {
        return error(at, obs, message, message);
    }

    /** The item as Rollbar would see it. */
    private static JsonNode error(ConsoleClient at, Obs obs, String message, String seen) {
        obs.error(message).report();
        JsonNode group = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> at.get("/api/errors")
                                .path("errors")
                                .valueStream()
                                .filter(error -> error.path("title").asString().contains(seen))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        return at.get("/api/errors/" + group.path("fingerprint").asString()).path("latest");
    }

    static class Early {
        Early() {
            LoggerFactory.getLogger(Early.class).info("an early bean");
        }
    }
}
