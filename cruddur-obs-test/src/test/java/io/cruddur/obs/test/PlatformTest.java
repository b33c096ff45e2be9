package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service runs on, in a process of its own, for it is asked once a process and by the environment. */
@Timeout(120)
class PlatformTest {

    /** Sends a trace for each line that it reads; by one that may look around for the line "with". */
    static final class Program {
        public static void main(String[] arguments) throws IOException {
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
                    System.out.println("sent");
                }
            }
        }
    }

    private final DaemonReceiver daemon = new DaemonReceiver();

    PlatformTest() throws IOException {}

    private JsonNode next(ChildProcess program) throws IOException {
        return next(program, "work");
    }

    private JsonNode next(ChildProcess program, String line) throws IOException {
        program.ask(line, "sent");
        JsonNode segment = daemon.next();
        assertThat(SegmentSchema.errors(segment)).isEmpty();
        return segment;
    }

    private JsonNode nextWithOrigin(ChildProcess program) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> next(program), segment -> segment.has("origin"));
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void segmentsAndResourcesSayTheInstance() throws Exception {
        try (daemon;
                var metadata = new MetadataService(false);
                var collector = new OtlpReceiver();
                var program = new ChildProcess(
                        Program.class,
                        metadata.ec2(),
                        daemon.address(),
                        "true",
                        collector.endpoint().toString())) {
            JsonNode segment = nextWithOrigin(program);
            assertThat(segment.path("origin").asString()).isEqualTo("AWS::EC2::Instance");
            assertThat(segment.path("aws").path("ec2"))
                    .isEqualTo(json("{'instance_id': 'i-0123456789abcdef0', 'availability_zone': 'eu-central-1b', "
                            + "'instance_size': 't4g.small', 'ami_id': 'ami-0123456789abcdef0'}"));
            next(program);
            program.end();
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
                var metadata = new MetadataService(false);
                var program = new ChildProcess(Program.class, metadata.ecsOnEc2(), daemon.address(), "true")) {
            JsonNode segment = await().atMost(Duration.ofSeconds(60))
                    .until(() -> next(program), each -> each.path("aws").has("ec2"));
            assertThat(segment.path("origin").asString()).isEqualTo("AWS::ECS::Container");
            assertThat(segment.path("aws").path("ecs").path("container_arn").asString())
                    .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:container/cruddur/05966557");
            assertThat(segment.path("aws").path("cloudwatch_logs"))
                    .isEqualTo(json("[{'log_group': '/ecs/cruddur', "
                            + "'arn': 'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/cruddur'}]"));
            program.end();
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
                var metadata = new MetadataService(false);
                var program = new ChildProcess(Program.class, metadata.ec2(), daemon.address(), "false")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> next(program, "with"), each -> each.has("origin"));
            assertThat(next(program).has("origin")).isFalse();
            program.end();
        }
    }
}
