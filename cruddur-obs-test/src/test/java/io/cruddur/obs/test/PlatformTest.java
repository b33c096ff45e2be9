package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.test.otlp.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service runs on, in a process of its own, for it is asked once a process and by the environment. */
@Timeout(120)
class PlatformTest {
    private static final int MOST_PROGRAMS = 3;

    /**
     * Sends a trace for each line that it reads; by one that may look around for the line "with". Says "late" as well where
     * the SDK or the lookup has given up waiting for an answer: their limits are for a machine that is not too busy.
     */
    static final class Program {
        private static final Pattern LATE = Pattern.compile("Timed out|too late|not looked for any longer");

        public static void main(String[] arguments) throws IOException {
            var late = new AtomicBoolean();
            listenTo("com.amazonaws.xray.plugins", late);
            listenTo("io.cruddur.obs.aws.platform", late);
            ObsBuilder builder = Obs.builder()
                    .service("program")
                    .xrayDaemon(arguments[0])
                    .platformDetection(Boolean.parseBoolean(arguments[1]));
            if (arguments.length > 2) {
                builder.traces(traces ->
                        traces.exporters(TraceExporter.UDP, TraceExporter.OTLP).otlpEndpoint(URI.create(arguments[2])));
            }
            var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (Obs obs = builder.build();
                    Obs other = builder.platformDetection(true).build()) {
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    Obs asked = line.equals("with") ? other : obs;
                    asked.trace("work").run(() -> {});
                    asked.flush(Duration.ofSeconds(10));
                    System.out.println(late.get() ? "sent late" : "sent");
                }
            }
        }

        private static void listenTo(String logger, AtomicBoolean late) {
            var appender = new AppenderBase<ILoggingEvent>() {
                @Override
                protected void append(ILoggingEvent event) {
                    if (LATE.matcher(event.getFormattedMessage()).find()) {
                        late.set(true);
                    }
                }
            };
            var said = (Logger) LoggerFactory.getLogger(logger);
            appender.setContext(said.getLoggerContext());
            appender.start();
            said.addAppender(appender);
            said.setLevel(Level.DEBUG);
        }
    }

    private final DaemonReceiver daemon = new DaemonReceiver();

    PlatformTest() throws IOException {}

    /** A segment, and whether its program had given up looking around by then. */
    private record Sent(JsonNode segment, boolean late) {}

    private JsonNode next(ChildProcess program) throws IOException {
        return next(program, "work").segment();
    }

    private Sent next(ChildProcess program, String line) throws IOException {
        boolean late = program.ask(line, "sent").equals("late");
        JsonNode segment = daemon.next();
        assertThat(SegmentSchema.errors(segment)).isEmpty();
        return new Sent(segment, late);
    }

    /** What is looked at in a program that has found out where it runs. */
    @FunctionalInterface
    private interface Look {
        void at(ChildProcess program, JsonNode segment) throws Exception;
    }

    /** Has a program send until a segment is as wanted; another one where the first was not answered in time. */
    private void untilSent(
            Predicate<JsonNode> wanted, String line, Map<String, String> environment, Look look, String... arguments)
            throws Exception {
        for (int i = 1; i <= MOST_PROGRAMS; i++) {
            try (var program = new ChildProcess(Program.class, environment, arguments)) {
                Sent sent = await().atMost(Duration.ofSeconds(60))
                        .until(() -> next(program, line), each -> each.late() || wanted.test(each.segment()));
                if (wanted.test(sent.segment())) {
                    look.at(program, sent.segment());
                    program.end();
                    return;
                }
            }
        }
        fail(MOST_PROGRAMS + " programs were not answered in time");
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void segmentsAndResourcesSayTheInstance() throws Exception {
        try (daemon;
                var metadata = new MetadataService(false);
                var collector = new OtlpReceiver()) {
            untilSent(
                    PlatformTest::hasOrigin,
                    "work",
                    metadata.ec2(),
                    (program, segment) -> {
                        assertThat(segment.path("origin").asString()).isEqualTo("AWS::EC2::Instance");
                        assertThat(segment.path("aws").path("ec2"))
                                .isEqualTo(json(
                                        "{'instance_id': 'i-0123456789abcdef0', 'availability_zone': 'eu-central-1b', "
                                                + "'instance_size': 't4g.small', 'ami_id': 'ami-0123456789abcdef0'}"));
                        next(program);
                    },
                    daemon.address(),
                    "true",
                    collector.endpoint().toString());
            Map<String, String> resource = new HashMap<>();
            for (KeyValue each : collector
                    .spans()
                    .get(collector.spans().size() - 1)
                    .resource()
                    .getAttributesList()) {
                resource.put(each.getKey(), each.getValue().getStringValue());
            }
            assertThat(resource)
                    .containsEntry("cloud.provider", "aws")
                    .containsEntry("cloud.platform", "aws_ec2")
                    .containsEntry("cloud.region", "eu-central-1")
                    .containsEntry("cloud.availability_zone", "eu-central-1b")
                    .containsEntry("host.id", "i-0123456789abcdef0")
                    .containsEntry("host.type", "t4g.small")
                    .containsEntry("host.image.id", "ami-0123456789abcdef0");
        }
    }

    @Test
    void aContainerSaysItsKindAndItsInstance() throws Exception {
        try (daemon;
                var metadata = new MetadataService(false)) {
            untilSent(
                    each -> each.path("aws").has("ec2"),
                    "work",
                    metadata.ecsOnEc2(),
                    (program, segment) -> {
                        assertThat(segment.path("origin").asString()).isEqualTo("AWS::ECS::Container");
                        assertThat(segment.path("aws")
                                        .path("ecs")
                                        .path("container_arn")
                                        .asString())
                                .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:container/cruddur/05966557");
                        assertThat(segment.path("aws").path("cloudwatch_logs"))
                                .isEqualTo(json("[{'log_group': '/ecs/cruddur', "
                                        + "'arn': 'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/cruddur'}]"));
                    },
                    daemon.address(),
                    "true");
        }
    }

    @Test
    void aServiceThatNeverAnswersHoldsUpNothing() throws Exception {
        try (daemon;
                var metadata = new MetadataService(true);
                var program = new ChildProcess(Program.class, metadata.ec2(), daemon.address(), "true")) {
            assertThat(next(program).has("origin")).isFalse();
            assertThat(metadata.wasAsked()).isTrue();
            assertThat(next(program).has("origin")).isFalse();
            program.end();
        }
    }

    @Test
    void itIsNotSaidWhereTheBuilderSaysSo() throws Exception {
        try (daemon;
                var metadata = new MetadataService(false)) {
            untilSent(
                    PlatformTest::hasOrigin,
                    "with",
                    metadata.ec2(),
                    (program, segment) ->
                            assertThat(next(program).has("origin")).isFalse(),
                    daemon.address(),
                    "false");
        }
    }

    private static boolean hasOrigin(JsonNode segment) {
        return segment.has("origin");
    }
}
