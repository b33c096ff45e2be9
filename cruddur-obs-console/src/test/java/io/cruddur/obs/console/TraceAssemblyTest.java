package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.id;
import static io.cruddur.obs.console.Documents.inProgress;
import static io.cruddur.obs.console.Documents.notifications;
import static io.cruddur.obs.console.Documents.put;
import static io.cruddur.obs.console.Documents.segment;
import static io.cruddur.obs.console.Documents.subsegment;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.ConsoleClient.Reply;
import io.cruddur.obs.console.internal.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One trace of many documents. */
class TraceAssemblyTest extends WithConsole {

    @Test
    void spansAreFlatAndTellTheirParent() {
        send(notifications());

        JsonNode trace = client.json("/api/traces/" + Documents.W3C);

        assertThat(trace.path("id").asString()).isEqualTo(TRACE);
        JsonNode spans = trace.path("spans");
        assertThat(spans).hasSize(3);
        assertThat(spans.path(0).path("parentId").isNull()).isTrue();
        assertThat(spans.path(0).path("kind").asString()).isEqualTo("segment");
        assertThat(spans.path(0).path("http").path("response").path("status").asInt())
                .isEqualTo(200);
        assertThat(spans.path(1).path("name").asString()).isEqualTo("notifications_activities");
        assertThat(spans.path(1).path("parentId").asString()).isEqualTo(id(1));
        assertThat(spans.path(1).path("annotations").path("URI").asString()).isEqualTo("/api/activities/notifications");
        assertThat(spans.path(2).path("parentId").asString()).isEqualTo(id(2));
        assertThat(spans.path(2)
                        .path("metadata")
                        .path("default")
                        .path("notification results")
                        .path("number")
                        .asInt())
                .isEqualTo(1);
        assertThat(spans.path(2).path("startTime").asString()).isEqualTo("2023-11-14T22:13:20.020000Z");
        assertThat(spans.valueStream().map(span -> span.path("service").asString("")))
                .containsOnly("backend-flask");
    }

    static IntStream seeds() {
        return IntStream.range(0, 12);
    }

    @ParameterizedTest(name = "order of seed {0}")
    @MethodSource("seeds")
    void documentsMayComeInAnyOrder(int seed) {
        List<ObjectNode> documents = new ArrayList<>(List.of(
                inProgress(root()),
                root(),
                subsegment(id(2), id(1), "outer", 1700000000.1, 1700000000.9),
                subsegment(id(3), id(2), "inner", 1700000000.2, 1700000000.8),
                inProgress(subsegment(id(3), id(2), "inner", 1700000000.2, 1700000000.8)),
                segment(id(4), "downstream", 1700000000.3, 1700000000.7).put("parent_id", id(3))));
        Collections.shuffle(documents, new Random(seed));

        for (ObjectNode document : documents) send(document);

        JsonNode row = client.json("/api/traces").path("traces").path(0);
        assertThat(row.path("service").asString()).isEqualTo("upstream");
        assertThat(row.path("durationMs").asDouble()).isEqualTo(1000.0);
        assertThat(row.path("spans").asInt()).isEqualTo(4);
        assertThat(row.path("inProgress").asBoolean()).isFalse();
        JsonNode spans = client.json("/api/traces/" + TRACE).path("spans");
        assertThat(spans.valueStream().map(TraceAssemblyTest::summary))
                .containsExactly(
                        "upstream of upstream, ended",
                        "outer of upstream, ended",
                        "inner of upstream, ended",
                        "downstream of downstream, ended");
    }

    private static ObjectNode root() {
        return segment(id(1), "upstream", 1700000000, 1700000001);
    }

    private static String summary(JsonNode span) {
        return span.path("name").asString() + " of " + span.path("service").asString("?")
                + (span.path("endTime").isNull() ? ", open" : ", ended");
    }

    @Test
    void aDownstreamServiceWhoseClockIsBehindIsNotTheRoot() {
        send(segment(id(4), "downstream", 1699999999.5, 1699999999.7).put("parent_id", id(3)));
        send(root());

        JsonNode row = client.json("/api/traces").path("traces").path(0);

        assertThat(row.path("service").asString()).isEqualTo("upstream");
    }

    @Test
    void aSpanThatCameTwiceIsShownAsItEnded() {
        ObjectNode whole = root();
        whole.putArray("subsegments").add(Documents.span(id(2), "outer", 1700000000.1, 1700000000.5));
        send(whole);
        send(inProgress(subsegment(id(2), id(1), "outer", 1700000000.1, 1700000000.5)));

        JsonNode spans = client.json("/api/traces/" + TRACE).path("spans");

        assertThat(spans.valueStream().map(TraceAssemblyTest::summary))
                .containsExactly("upstream of upstream, ended", "outer of upstream, ended");
    }

    @Test
    void aTraceInProgressShowsWhatIsKnown() {
        send(inProgress(root()));
        send(subsegment(id(2), id(1), "outer", 1700000000.1, 1700000000.5));

        JsonNode row = client.json("/api/traces").path("traces").path(0);

        assertThat(row.path("inProgress").asBoolean()).isTrue();
        assertThat(row.path("durationMs").asDouble()).isEqualTo(500.0);
        assertThat(client.json("/api/traces/" + TRACE)
                        .path("spans")
                        .path(0)
                        .path("endTime")
                        .isNull())
                .isTrue();
    }

    @Test
    void subsegmentsBeforeTheirSegmentAreATraceOfAnUnknownService() {
        send(subsegment(id(2), id(1), "outer", 1700000000.1, 1700000000.5));

        JsonNode row = client.json("/api/traces").path("traces").path(0);

        assertThat(row.path("name").asString()).isEqualTo("outer");
        assertThat(row.path("service").isNull()).isTrue();
        assertThat(client.json("/api/traces/" + TRACE)
                        .path("spans")
                        .path(0)
                        .path("service")
                        .isNull())
                .isTrue();
    }

    @Test
    void aSubsegmentThatIsItsOwnAncestorDoesNoHarm() {
        send(subsegment(id(2), id(3), "a", 1700000000.1, 1700000000.5));
        send(subsegment(id(3), id(2), "b", 1700000000.2, 1700000000.4));

        assertThat(client.json("/api/traces/" + TRACE).path("spans")).hasSize(2);
    }

    @Test
    void aFaultShowsItsExceptionWhereItWasThrownAndWhereItPassed() {
        ObjectNode root = root().put("fault", true).put("cause", id(77));
        ObjectNode child =
                Documents.span(id(2), "boom", 1700000000.1, 1700000000.2).put("fault", true);
        ObjectNode exception = child.putObject("cause").putArray("exceptions").addObject();
        exception
                .put("id", id(77))
                .put("type", "java.lang.IllegalStateException")
                .put("message", "<b>boom</b>");
        exception
                .putArray("stack")
                .addObject()
                .put("path", "Boom.java")
                .put("line", 7)
                .put("label", "Boom.run");
        root.putArray("subsegments").add(child);
        send(root);

        assertThat(client.json("/api/traces?filter=fault")
                        .path("traces")
                        .path(0)
                        .path("fault")
                        .asBoolean())
                .isTrue();
        JsonNode spans = client.json("/api/traces/" + TRACE).path("spans");
        assertThat(spans).hasSize(2);
        for (JsonNode span : spans) {
            JsonNode shown = span.path("exceptions").path(0);
            assertThat(shown.path("message").asString()).isEqualTo("<b>boom</b>");
            assertThat(shown.path("stack").path(0).path("line").asInt()).isEqualTo(7);
        }
    }

    @Test
    void theListIsNewestFirstAndFiltered() {
        ObjectNode slow = notifications().put("trace_id", Documents.trace(1));
        ObjectNode failed = segment(id(2), "other", 1700000100, 1700000101).put("trace_id", Documents.trace(2));
        failed.put("error", true).putObject("http").putObject("response").put("status", 404);
        failed.putObject("annotations").put("count", 3);
        failed.putArray("subsegments")
                .add(Documents.span(id(3), "DynamoDB", 1700000100, 1700000101).put("namespace", "aws"));
        client.post("/TraceSegments", put(slow, failed));

        assertThat(found("")).containsExactly(Documents.trace(2), Documents.trace(1));
        assertThat(found("limit=1")).containsExactly(Documents.trace(2));
        assertThat(filtered("service=other")).containsExactly(Documents.trace(2));
        assertThat(filtered("status=404")).containsExactly(Documents.trace(2));
        assertThat(filtered("status=2xx")).containsExactly(Documents.trace(1));
        assertThat(filtered("error")).containsExactly(Documents.trace(2));
        assertThat(filtered("fault")).isEmpty();
        assertThat(filtered("NOTIFICATIONS")).containsExactly(Documents.trace(1));
        assertThat(filtered("\"get /api\" backend")).containsExactly(Documents.trace(1));
        assertThat(filtered("backend service=other")).isEmpty();
        assertThat(filtered("-service=other")).containsExactly(Documents.trace(1));
        assertThat(filtered("method=get")).containsExactly(Documents.trace(1));
        assertThat(filtered("duration>250ms")).containsExactly(Documents.trace(2));
        assertThat(filtered("duration<=0.25s")).containsExactly(Documents.trace(1));
        assertThat(filtered("duration>=1000 duration<2m")).containsExactly(Documents.trace(2));
        assertThat(filtered("annotation.URI=\"/api/activities/notifications\"")).containsExactly(Documents.trace(1));
        assertThat(filtered("annotation.URI=other")).isEmpty();
        assertThat(filtered("annotation.count>2 annotation.count<=3")).containsExactly(Documents.trace(2));
        assertThat(filtered("calls=DynamoDB")).containsExactly(Documents.trace(2));
        assertThat(filtered(Documents.trace(2))).containsExactly(Documents.trace(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter=color=red",
                "filter=status=abc",
                "filter=duration%3Eabc",
                "filter=status%3E500",
                "filter=annotation.a%3Eb",
                "limit=0",
                "limit=x",
                "limit=2001"
            })
    void whatTheListCannotDoItSays(String query) {
        Reply reply = client.get("/api/traces?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).isNotEmpty();
        assertThat(reply.json().path("hint").asString()).isNotEmpty();
    }

    @Test
    void anIdThatIsNoneIs400AndOneThatIsNotHereIs404() {
        assertThat(client.get("/api/traces/abc").status()).isEqualTo(400);
        Reply missing = client.get("/api/traces/" + TRACE);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().path("hint").asString()).isNotEmpty();
    }

    @Test
    void theDownloadHasTheDocumentsAsTheyCame() throws Json.NotJson {
        send(notifications());

        Reply reply = client.get("/api/traces/" + TRACE + "/download");

        assertThat(reply.header("Content-Disposition")).isEqualTo("attachment; filename=\"trace-" + TRACE + ".json\"");
        assertThat(reply.json().path("documents").path(0)).isEqualTo(Json.parse(Json.bytes(notifications())));
    }

    private void send(ObjectNode document) {
        Reply reply = client.post("/TraceSegments", put(document));
        assertThat(reply.body()).isEqualTo("{\"UnprocessedTraceSegments\":[]}");
    }

    private List<String> filtered(String filter) {
        return found("filter=" + ConsoleClient.encoded(filter));
    }

    private List<String> found(String query) {
        return client.json("/api/traces?" + query)
                .path("traces")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    @Test
    void aLongChainOfSpansIsReadAboutAsFastAsABroadTrace() {
        int spans = 7_500;
        sendSpans(Documents.trace(1), spans, i -> 1);
        sendSpans(Documents.trace(2), spans, i -> i - 1);

        for (String path : List.of("/api/traces/" + Documents.trace(1), "/api/map")) client.json(path);
        long broad = nanosOf("/api/traces/" + Documents.trace(1));
        long deep = nanosOf("/api/traces/" + Documents.trace(2));
        long map = nanosOf("/api/map");

        assertThat(client.json("/api/traces/" + Documents.trace(2))
                        .at("/spans/7000/service")
                        .asString())
                .isEqualTo("root");
        assertThat(deep).isLessThan(4 * broad + 1_000_000_000L);
        assertThat(map).isLessThan(4 * broad + 1_000_000_000L);
    }

    /** Of three times the shortest: whatever else the machine does lengthens some of them. */
    private long nanosOf(String path) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = System.nanoTime();
            assertThat(client.get(path).status()).isEqualTo(200);
            shortest = Math.min(shortest, System.nanoTime() - before);
        }
        return shortest;
    }

    /** Each of them sent alone, within the one that is told by its number. */
    private void sendSpans(String trace, int count, IntUnaryOperator parent) {
        send(Documents.segment(Documents.id(1), "root", 1_700_000_000, 1_700_000_001)
                .put("trace_id", trace));
        for (int from = 2; from <= count; from += 50) {
            List<ObjectNode> documents = new ArrayList<>();
            for (int i = from; i < Math.min(from + 50, count + 1); i++) {
                documents.add(Documents.subsegment(
                                Documents.id(i), Documents.id(parent.applyAsInt(i)), "x", 1_700_000_000, 1_700_000_001)
                        .put("trace_id", trace)
                        .put("namespace", "remote"));
            }
            assertThat(client.post("/TraceSegments", put(documents)).body())
                    .isEqualTo("{\"UnprocessedTraceSegments\":[]}");
        }
    }
}
