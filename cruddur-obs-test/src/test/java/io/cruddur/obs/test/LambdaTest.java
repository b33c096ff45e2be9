package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.SpanBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A function's spans are a part of Lambda's own segment of the invocation; in a process with a function's environment. */
@Timeout(120)
class LambdaTest {
    private static final String FIRST =
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a87bd80c:0";
    private static final String CALLER = "Root=1-5759e98a-000000000000000000000003;Parent=00000000000000c3;Sampled=1";
    private static final String SECOND = "Root=1-5759e989-000000000000000000000002;Parent=00000000000000b2;Sampled=1";

    /**
     * Each line is the header of an invocation, or what is other than that; answers with the trace that the handler is in,
     * as it would hand it on.
     */
    static final class Function {
        public static void main(String[] arguments) throws IOException {
            var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (Obs obs = Obs.builder().xrayDaemon(arguments[0]).build()) {
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    SpanBuilder handler = obs.trace("handler").server();
                    switch (line) {
                        case "none" -> System.clearProperty("com.amazonaws.xray.traceHeader");
                        case "apart" -> handler = handler.newTrace();
                        case "called" -> handler = handler.continueFrom(Map.of("X-Amzn-Trace-Id", CALLER)::get);
                        default -> System.setProperty("com.amazonaws.xray.traceHeader", line);
                    }
                    var headers = new HashMap<String, String>();
                    handler.run(() -> {
                        obs.trace("inside").run(() -> {});
                        obs.inject(headers::put);
                    });
                    obs.flush(Duration.ofSeconds(10));
                    System.out.println("in " + headers + " ignored " + obs.ignoredTraceHeadersByName());
                }
            }
        }
    }

    private final DaemonReceiver daemon = new DaemonReceiver();

    LambdaTest() throws IOException {}

    private ChildProcess function(Map<String, String> environment) throws IOException {
        return new ChildProcess(Function.class, environment, daemon.address());
    }

    private JsonNode next() throws IOException {
        JsonNode document = daemon.next();
        assertThat(SegmentSchema.errors(document)).isEmpty();
        return document;
    }

    private static void assertIsUnder(JsonNode document, String traceId, String parentId) {
        assertThat(document.path("type").asString("")).isEqualTo("subsegment");
        assertThat(document.path("name").asString()).isEqualTo("handler");
        assertThat(document.path("trace_id").asString()).isEqualTo(traceId);
        assertThat(document.path("parent_id").asString()).isEqualTo(parentId);
        assertThat(document.path("subsegments").path(0).path("name").asString()).isEqualTo("inside");
    }

    private static void assertIsItsOwn(JsonNode document) {
        assertThat(document.has("type")).isFalse();
        assertThat(document.has("parent_id")).isFalse();
    }

    @Test
    void eachInvocationHasTheTraceOfItsHeader() throws Exception {
        try (daemon;
                var function = function(Map.of("AWS_LAMBDA_FUNCTION_NAME", "cruds"))) {
            // Nobody has said that the id is random, so that is not handed on.
            assertThat(function.ask(FIRST, "in "))
                    .containsPattern("traceparent=00-5759e988bd862e3fe1be46a994272793-[0-9a-f]{16}-01\\b");
            assertIsUnder(next(), "1-5759e988-bd862e3fe1be46a994272793", "53995c3f42cd8ad8");
            function.ask(SECOND, "in ");
            assertIsUnder(next(), "1-5759e989-000000000000000000000002", "00000000000000b2");
            function.ask("apart", "in ");
            assertIsItsOwn(next());
            function.ask("called", "in ");
            JsonNode called = next();
            assertThat(called.has("type")).isFalse();
            assertThat(called.path("parent_id").asString()).isEqualTo("00000000000000c3");
            assertThat(called.path("origin").asString("")).isEqualTo("AWS::Lambda::Function");
            function.end();
        }
    }

    @Test
    void itsDecisionIsFollowedAndItsIdsGoOn() throws Exception {
        try (daemon;
                var function = function(Map.of("LAMBDA_TASK_ROOT", "/var/task"))) {
            for (String unsampled : List.of(
                    FIRST.replace("Sampled=1", "Sampled=0"),
                    FIRST.replace("Sampled=1;", ""),
                    FIRST.replace("Parent=53995c3f42cd8ad8;", ""))) {
                assertThat(function.ask(unsampled, "in "))
                        .contains("Root=1-5759e988-bd862e3fe1be46a994272793")
                        .contains("Sampled=0");
            }
            function.end();
            assertThat(daemon.isEmpty()).isTrue();
        }
    }

    @Test
    void aHeaderThatIsNoneIsCountedAndAsIfItWereNotThere() throws Exception {
        try (daemon;
                var function = function(Map.of("AWS_LAMBDA_FUNCTION_NAME", "cruds"))) {
            assertThat(function.ask("Root=1-5759e988;Parent=53995c3f42cd8ad8;Sampled=1", "in "))
                    .endsWith("ignored {_X_AMZN_TRACE_ID=1}");
            assertIsItsOwn(next());
            function.ask("none", "in ");
            assertIsItsOwn(next());
            function.end();
        }
    }

    @Test
    void theEnvironmentCountsWhereTheRuntimeSetsNoProperty() throws Exception {
        try (daemon;
                var function = function(Map.of("AWS_LAMBDA_FUNCTION_NAME", "cruds", "_X_AMZN_TRACE_ID", SECOND))) {
            function.ask("none", "in ");
            assertIsUnder(next(), "1-5759e989-000000000000000000000002", "00000000000000b2");
            function.ask(FIRST, "in ");
            assertIsUnder(next(), "1-5759e988-bd862e3fe1be46a994272793", "53995c3f42cd8ad8");
            function.end();
        }
    }

    @Test
    void elsewhereTheHeaderMeansNothing() throws Exception {
        try (daemon;
                var program = function(Map.of("_X_AMZN_TRACE_ID", SECOND))) {
            program.ask(FIRST, "in ");
            assertIsItsOwn(next());
            program.end();
        }
    }
}
