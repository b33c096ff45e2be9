package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.id;
import static io.cruddur.obs.console.Documents.notifications;
import static io.cruddur.obs.console.Documents.put;
import static io.cruddur.obs.console.Documents.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.console.ConsoleClient.Reply;
import io.cruddur.obs.console.internal.json.Json;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The daemon's two ways in, and the X-Ray calls. */
class XRayIngestTest extends WithConsole {

    @Test
    void aDatagramBecomesATrace() {
        client.datagram(notifications().toString());

        JsonNode row = awaitTraces(1).path(0);
        assertThat(row.path("id").asString()).isEqualTo(TRACE);
        assertThat(row.path("w3cId").asString()).isEqualTo(Documents.W3C);
        assertThat(row.path("name").asString()).isEqualTo("GET /api/activities/notifications");
        assertThat(row.path("service").asString()).isEqualTo("backend-flask");
        assertThat(row.path("status").asInt()).isEqualTo(200);
        assertThat(row.path("startTime").asString()).isEqualTo("2023-11-14T22:13:20.000001Z");
        assertThat(row.path("durationMs").asDouble()).isEqualTo(250.0);
        assertThat(row.path("spans").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{\"format\":\"json\",\"version\":1}",
                "{\"format\":\"json\",\"version\":1}\n",
                "{\"format\":\"json\",\"version\":1}\n{",
                "{\"format\":\"json\",\"version\":1}\n[]",
                "{\"format\":\"xml\",\"version\":1}\n{}",
                "{\"format\":\"json\",\"version\":2}\n{}",
                "not json\n{}"
            })
    void aMalformedDatagramIsCountedAndNothingElse(String text) {
        client.rawDatagram(text);

        await().atMost(ConsoleClient.PATIENCE)
                .untilAsserted(() -> assertThat(client.json("/api/traces")
                                .path("rejectedDatagrams")
                                .asInt())
                        .isEqualTo(1));
        assertThat(client.json("/api/delivery").path("rejectedDatagrams").asInt())
                .isEqualTo(1);
        assertThat(client.json("/api/traces").path("traces")).isEmpty();
    }

    @Test
    void putTraceSegmentsTakesTheGoodAndNamesTheBad() {
        ObjectNode noEnd = segment(id(7), "no end", 1700000000, 1700000001);
        noEnd.remove("end_time");
        ObjectNode noTrace = Documents.span(id(8), "no trace", 1700000000, 1700000001);
        ObjectNode badChild = segment(id(9), "bad child", 1700000000, 1700000001);
        badChild.putArray("subsegments").addObject().put("id", "xyz");
        ObjectNode tooLarge = segment(id(10), "too large", 1700000000, 1700000001);
        tooLarge.putObject("metadata").putObject("default").put("big", "x".repeat(65_536));

        Reply reply = client.post("/TraceSegments", put(notifications(), noEnd, noTrace, badChild, tooLarge));

        assertThat(reply.status()).isEqualTo(200);
        JsonNode unprocessed = reply.json().path("UnprocessedTraceSegments");
        assertThat(unprocessed
                        .valueStream()
                        .map(entry -> entry.path("Id").asString("") + " "
                                + entry.path("ErrorCode").asString("")))
                .containsExactly(id(7) + " ParseError", id(8) + " ParseError", id(9) + " ParseError", " TooLarge");
        assertThat(client.json("/api/traces")
                        .path("traces")
                        .path(0)
                        .path("spans")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void moreThanFiftyDocumentsInACallAreRefusedAsAWhole() {
        assertThat(client.post("/TraceSegments", put(Collections.nCopies(50, notifications())))
                        .status())
                .isEqualTo(200);
        ObjectNode other = notifications().put("trace_id", Documents.trace(2));

        Reply reply = client.post("/TraceSegments", put(Collections.nCopies(51, other)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("InvalidRequestException");
        assertThat(reply.json().path("Message").asString()).contains("at most 50");
        assertThat(client.json("/api/traces").path("traces")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"TraceSegmentDocuments\":\"x\"}", "{\"TraceSegmentDocuments\":[{}]}"})
    void aMalformedCallIsAnsweredInTheServicesShape(String body) {
        Reply reply = client.post("/TraceSegments", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("InvalidRequestException");
        assertThat(reply.json().path("Message").asString()).isNotEmpty();
    }

    @Test
    void deepJsonIsRefusedWithoutHarm() {
        Reply reply = client.post("/TraceSegments", "[".repeat(200_000));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(client.post("/TraceSegments", put(deep(451))).json().path("UnprocessedTraceSegments"))
                .hasSize(1);
    }

    @Test
    void whatIsAsDeepAsAllowedCanAlsoBeShown() {
        client.post("/TraceSegments", put(deep(450)));
        new LogLines(client).put(deep(450).toString());

        assertThat(client.json("/api/traces/" + TRACE + "/download").path("documents"))
                .hasSize(1);
        assertThat(client.json("/api/logs?q=nothing").path("logs")).isEmpty();
        assertThat(client.json("/api/logs").path("logs")).hasSize(1);
    }

    /** A document with objects within objects, itself the first. */
    private static ObjectNode deep(int depth) {
        ObjectNode document = notifications();
        ObjectNode innermost = document.putObject("metadata");
        for (int level = 2; level < depth; level++) innermost = innermost.putObject("d");
        return document;
    }

    @Test
    void aBodyOverTheLimitIs413() {
        Reply reply = client.post("/TraceSegments", " ".repeat((8 << 20) + 1));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("Message").asString()).contains("8388608");
    }

    @Test
    void samplingHasTheDefaultRuleThatTakesAll() {
        JsonNode records = client.post("/GetSamplingRules", "{}").json().path("SamplingRuleRecords");

        assertThat(records).hasSize(1);
        JsonNode rule = records.path(0).path("SamplingRule");
        assertThat(rule.path("RuleName").asString()).isEqualTo("Default");
        assertThat(rule.path("FixedRate").asDouble()).isEqualTo(1.0);
        assertThat(rule.path("Version").asInt()).isEqualTo(1);
        assertThat(client.post("/GetSamplingRules", "").json().path("SamplingRuleRecords"))
                .hasSize(1);
    }

    @Test
    void samplingTargetsAnswerKnownRulesAndNameUnknownOnes() {
        ObjectNode request = Json.object();
        var statistics = request.putArray("SamplingStatisticsDocuments");
        statistics.addObject().put("RuleName", "Default").put("ClientID", "0123456789abcdef01234567");
        statistics.addObject().put("RuleName", "other").put("ClientID", "0123456789abcdef01234567");

        JsonNode answer = client.post("/SamplingTargets", request.toString()).json();

        JsonNode target = answer.path("SamplingTargetDocuments").path(0);
        assertThat(target.path("RuleName").asString()).isEqualTo("Default");
        assertThat(target.path("ReservoirQuotaTTL").asLong())
                .isGreaterThan(answer.path("LastRuleModification").asLong());
        assertThat(answer.path("UnprocessedStatistics").path(0).path("RuleName").asString())
                .isEqualTo("other");
        assertThat(client.post("/SamplingTargets", "{}").status()).isEqualTo(400);
    }

    @Test
    void telemetryIsTaken() {
        assertThat(client.post("/TelemetryRecords", "{\"TelemetryRecords\":[]}").status())
                .isEqualTo(200);
        assertThat(client.post("/TelemetryRecords", "{}").status()).isEqualTo(400);
    }

    private JsonNode awaitTraces(int count) {
        return await().atMost(ConsoleClient.PATIENCE)
                .until(() -> client.json("/api/traces").path("traces"), traces -> traces.size() == count);
    }
}
