package io.cruddur.backend;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.SegmentSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same application with the environment of production: a daemon, CloudWatch Logs, Rollbar and a database that are
 * not its own. Of new traces it would record a share; these come with the caller's decision.
 */
class ProductionDestinationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROLLBAR_TOKEN = "post-server-item";

    private static EmbeddedPostgres postgres;
    private static WireMockServer services;
    private static DaemonReceiver daemon;
    private static BackendProcess process;
    private static Client backend;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
        services = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
        services.stubFor(post("/").willReturn(okJson("{}")));
        services.stubFor(post("/api/1/item/").willReturn(okJson("{\"err\": 0, \"result\": {}}")));
        services.start();
        daemon = new DaemonReceiver();
        process = BackendProcess.start(Map.of(
                "DATABASE_URL",
                "postgresql://postgres:any@localhost:" + postgres.getPort() + "/postgres",
                "AWS_XRAY_DAEMON_ADDRESS",
                daemon.address(),
                "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
                services.baseUrl(),
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                "none",
                "AWS_SECRET_ACCESS_KEY",
                "none",
                "ROLLBAR_ENDPOINT",
                services.baseUrl() + "/api/1/item/",
                "ROLLBAR_ACCESS_TOKEN",
                ROLLBAR_TOKEN));
        backend = new Client(process.port());
    }

    @AfterAll
    static void stop() throws Exception {
        process.close();
        daemon.close();
        services.stop();
        postgres.close();
    }

    @Test
    void theDaemonGetsSegmentDocumentsOfTheSchema() throws Exception {
        String notifications = get("/api/activities/notifications", "1-5f84c7a1-000000000000000000000001");
        String home = get("/api/activities/home", "1-5f84c7a1-000000000000000000000002");
        String boom = get("/dev/boom", "1-5f84c7a1-000000000000000000000003");

        List<JsonNode> documents = daemon.nextUntil(document -> isOf(boom, document));

        assertThat(documents)
                .allSatisfy(
                        document -> assertThat(SegmentSchema.errors(document)).isEmpty());
        assertThat(documents).anySatisfy(document -> {
            assertThat(isOf(notifications, document)).isTrue();
            assertThat(document.path("name").asString()).isEqualTo("backend-flask");
            assertThat(document.path("parent_id").asString()).isEqualTo("53995c3f42cd8ad8");
            JsonNode parent = document.path("subsegments").path(0);
            assertThat(parent.path("name").asString()).isEqualTo("notifications_activities");
            assertThat(parent.path("subsegments").path(0).path("name").asString())
                    .isEqualTo("returning_mock_data");
        });
        assertThat(documents)
                .anySatisfy(document -> assertThat(isOf(home, document)).isTrue());
        JsonNode fault = documents.get(documents.size() - 1);
        assertThat(fault.path("fault").asBoolean()).isTrue();
        assertThat(fault.path("cause")
                        .path("exceptions")
                        .path(0)
                        .path("message")
                        .asString())
                .isEqualTo("Boom!");
    }

    @Test
    void cloudWatchLogsGetsTheLinesWithTheIdInXRayForm() {
        String traceId = get("/api/activities/notifications", "1-5f84c7a1-000000000000000000000004");

        List<String> messages = await("the lines of the trace")
                .atMost(PATIENCE)
                .until(
                        () -> linesOf(traceId).stream()
                                .map(line -> line.path("message").asString())
                                .toList(),
                        lines -> lines.size() >= 2);

        assertThat(messages).first().isEqualTo("Notifications read");
        assertThat(messages).last().asString().endsWith(" GET http /api/activities/notifications 200");
        services.verify(calls("PutLogEvents").withRequestBody(matchingJsonPath("$.logGroupName", equalTo("cruddur"))));
    }

    @Test
    void rollbarGetsTheWarningWithTheToken() {
        String traceId = get("/rollbar/test", "1-5f84c7a1-000000000000000000000005");

        await("the item")
                .atMost(PATIENCE)
                .untilAsserted(() -> services.verify(postRequestedFor(urlEqualTo("/api/1/item/"))
                        .withHeader("X-Rollbar-Access-Token", equalTo(ROLLBAR_TOKEN))
                        .withRequestBody(matchingJsonPath("$.data.level", equalTo("warning")))
                        .withRequestBody(matchingJsonPath("$.data.body.message.body", equalTo("Hello World!")))
                        .withRequestBody(matchingJsonPath("$.data.custom.xrayTraceId", equalTo(traceId)))));
    }

    @Test
    void noConsoleIsStarted() {
        assertThat(process.outputWith("in aws mode")).noneMatch(line -> line.contains("token="));
    }

    /** With the caller's trace, which is to be recorded. */
    private static String get(String path, String traceId) {
        String header = "Root=" + traceId + ";Parent=53995c3f42cd8ad8;Sampled=1";
        Client.Reply reply = backend.get(path, "X-Amzn-Trace-Id", header);
        assertThat(reply.traceId()).isEqualTo(traceId);
        return traceId;
    }

    private static boolean isOf(String traceId, JsonNode document) {
        return document.path("trace_id").asString("").equals(traceId);
    }

    private static RequestPatternBuilder calls(String operation) {
        return postRequestedFor(urlEqualTo("/")).withHeader("X-Amz-Target", equalTo("Logs_20140328." + operation));
    }

    private static List<JsonNode> linesOf(String traceId) {
        var lines = new ArrayList<JsonNode>();
        for (LoggedRequest call : services.findAll(calls("PutLogEvents"))) {
            for (JsonNode event :
                    JsonMapper.shared().readTree(call.getBodyAsString()).path("logEvents")) {
                JsonNode line =
                        JsonMapper.shared().readTree(event.path("message").asString());
                if (line.path("xrayTraceId").asString("").equals(traceId)) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }
}
