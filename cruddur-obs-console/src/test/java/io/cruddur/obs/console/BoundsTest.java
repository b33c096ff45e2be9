package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.id;
import static io.cruddur.obs.console.Documents.put;
import static io.cruddur.obs.console.Documents.segment;
import static io.cruddur.obs.console.Documents.subsegment;
import static io.cruddur.obs.console.Documents.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.internal.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is kept is bounded, by count and by bytes; the oldest goes, and is counted. */
class BoundsTest extends WithConsole {

    @Test
    void overTwoThousandTracesTheOldestGo() {
        for (int from = 0; from < 2_050; from += 50) send(IntStream.range(from, from + 50));
        // News of a trace makes it young again.
        assertThat(client.get("/api/traces/" + trace(50)).status()).isEqualTo(200);
        client.post("/TraceSegments", put(inTrace(50, subsegment(id(2), id(1), "late", 1700000000, 1700000001))));
        send(IntStream.range(2_050, 2_051));

        JsonNode answer = client.json("/api/traces?limit=2000");

        assertThat(answer.path("traces")).hasSize(2_000);
        assertThat(answer.path("evicted").asInt()).isEqualTo(51);
        assertThat(client.get("/api/traces/" + trace(49)).status()).isEqualTo(404);
        assertThat(client.get("/api/traces/" + trace(50)).status()).isEqualTo(200);
        assertThat(client.get("/api/traces/" + trace(51)).status()).isEqualTo(404);
        assertThat(client.get("/api/traces/" + trace(52)).status()).isEqualTo(200);
    }

    @Test
    void overTheBytesOfTracesTheOldestGo() {
        int sent = 28 * 16 + 32;
        for (int from = 0; from < sent; from += 40) {
            client.post(
                    "/TraceSegments",
                    put(IntStream.range(from, from + 40)
                            .mapToObj(i -> large(inTrace(i, segment(id(1), "large", 1700000000, 1700000001))))
                            .toList()));
        }

        JsonNode answer = client.json("/api/traces?limit=2000");

        assertThat(answer.path("evicted").asInt()).isPositive();
        assertThat(answer.path("traces").size() + answer.path("evicted").asInt())
                .isEqualTo(sent);
        assertThat(client.get("/api/traces/" + trace(sent - 1)).status()).isEqualTo(200);
        assertThat(client.get("/api/traces/" + trace(0)).status()).isEqualTo(404);
        long most = client.json("/api/delivery").at("/kept/traces/maxBytes").asLong();
        assertThat(bytesOf("traces")).isBetween(most - (1 << 20), most);
    }

    @Test
    void oneEndlessTraceIsCutAndPushesNoOtherOut() {
        send(IntStream.of(1));
        int refused = 0;
        for (int from = 0; from < 200; from += 40) {
            refused += client.post(
                            "/TraceSegments",
                            put(IntStream.range(from, from + 40)
                                    .mapToObj(i ->
                                            large(inTrace(2, segment(id(i + 1), "large", 1700000000, 1700000001))))
                                    .toList()))
                    .json()
                    .path("UnprocessedTraceSegments")
                    .size();
        }

        assertThat(refused).isPositive();
        assertThat(client.json("/api/traces").path("traces")).hasSize(2);
        assertThat(client.json("/api/traces").path("evicted").asInt()).isZero();
    }

    @Test
    void overTwentyThousandLinesTheOldestGo() {
        LogLines lines = new LogLines(client);
        lines.put("first");
        lines.put(Collections.nCopies(10_000, "more"));
        lines.put(Collections.nCopies(10_000, "more"));

        JsonNode answer = client.json("/api/logs?limit=20000");

        assertThat(answer.path("logs")).hasSize(20_000);
        assertThat(answer.path("evicted").asInt()).isEqualTo(1);
        assertThat(client.json("/api/logs?q=first").path("logs")).isEmpty();
    }

    @Test
    void overTheBytesOfLinesTheOldestGo() {
        LogLines lines = new LogLines(client);
        for (int i = 0; i < 25; i++) lines.put("x".repeat(1_000_000));

        JsonNode answer = client.json("/api/logs");

        assertThat(answer.path("logs").size()).isBetween(15, 21);
        assertThat(answer.path("logs").size() + answer.path("evicted").asInt()).isEqualTo(25);
    }

    @Test
    void overFiveHundredErrorGroupsTheOldestGo() {
        for (int i = 0; i < 501; i++) {
            client.post("/api/1/item/", Items.message("u" + i, "error " + i).toString());
        }

        JsonNode answer = client.json("/api/errors");

        assertThat(answer.path("errors")).hasSize(500);
        assertThat(answer.path("evicted").asInt()).isEqualTo(1);
        assertThat(answer.path("errors").path(0).path("title").asString()).isEqualTo("error 500");
    }

    @Test
    void deletingTheDataLeavesAnEmptyConsoleThatGoesOn() {
        send(IntStream.of(1));
        LogLines lines = new LogLines(client);
        lines.put("one");
        client.post("/api/1/item/", Items.message("u1", "error").toString());
        client.post("/api/delivery", """
                {"service":"s","process":"p","time":"2026-11-22T16:00:01Z","sinks":[]}""");
        assertThat(client.json("/api/delivery").path("processes")).hasSize(1);

        int status = client.send("DELETE", "/api/data", new byte[0], "Authorization", "Bearer " + console.token())
                .status();

        assertThat(status).isEqualTo(204);
        assertThat(client.json("/api/traces").path("traces")).isEmpty();
        assertThat(client.json("/api/logs").path("logs")).isEmpty();
        assertThat(client.json("/api/errors").path("errors")).isEmpty();
        assertThat(client.json("/api/delivery").path("processes")).isEmpty();
        // Groups and streams stay: an exporter creates its own only once.
        lines.put("two");
        assertThat(client.json("/api/logs").path("logs")).hasSize(1);
    }

    private void send(IntStream numbers) {
        List<ObjectNode> documents = numbers.mapToObj(i -> inTrace(i, segment(id(1), "small", 1700000000, 1700000001)))
                .toList();
        assertThat(client.post("/TraceSegments", put(documents)).body()).isEqualTo("{\"UnprocessedTraceSegments\":[]}");
    }

    private static ObjectNode inTrace(int number, ObjectNode document) {
        return document.put("trace_id", trace(number));
    }

    private static ObjectNode large(ObjectNode document) {
        document.putObject("metadata").putObject("default").put("large", "x".repeat(64_000));
        return document;
    }

    @Test
    void theTextsOfATraceAreWeighedAsTheyAreKept() {
        for (int from = 0; from < 40; from += 20) {
            client.post(
                    "/TraceSegments",
                    put(IntStream.range(from, from + 20)
                            .mapToObj(i -> annotated(i, "x".repeat(60_000)))
                            .toList()));
        }
        // The bytes as they came, and the text beside them, of one byte a character.
        assertThat(bytesOf("traces")).isBetween(40 * 120_000L, 40 * 130_000L);

        client.send("DELETE", "/api/data", new byte[0], "Authorization", "Bearer " + console.token());
        for (int i = 0; i < 40; i += 20) {
            client.post(
                    "/TraceSegments",
                    put(IntStream.range(i, i + 20)
                            .mapToObj(number -> annotated(number, "x".repeat(60_000) + "\u0436"))
                            .toList()));
        }
        // One letter beyond Latin-1, and each character of the text is two bytes.
        assertThat(bytesOf("traces")).isBetween(40 * 180_000L, 40 * 190_000L);
    }

    @Test
    void theReasonsOfADeliveryReportAreWeighed() {
        StringBuilder lost = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            lost.append(i == 0 ? "" : ",")
                    .append('"')
                    .append("r".repeat(190))
                    .append(i)
                    .append("\":1");
        }
        client.post(
                "/api/delivery",
                "{\"service\":\"s\",\"process\":\"p\",\"time\":\"2026-11-22T16:00:01Z\",\"sinks\":[{\"name\":\"x\","
                        + "\"accepted\":100,\"delivered\":0,\"pending\":0,\"lost\":{" + lost + "}}]}");

        assertThat(bytesOf("delivery")).isGreaterThan(100 * 190);
    }

    @Test
    void reportsThatMadeRoomAreCounted() {
        for (int i = 0; i < 101; i++) {
            client.post(
                    "/api/delivery",
                    "{\"service\":\"s\",\"process\":\"p" + i + "\",\"time\":\"2026-11-22T16:00:01Z\",\"sinks\":[]}");
        }

        assertThat(client.json("/api/delivery").at("/kept/delivery/evicted").asInt())
                .isEqualTo(1);
    }

    @Test
    void theTagsOfAllGroupsTogetherAreBounded() {
        int taken = 0;
        while (taken < 100 && createGroup("g" + taken, 50, 128, 256).status() == 200) taken++;

        assertThat(taken).isBetween(10, 30);
        assertThat(createGroup("more", 50, 128, 256).json().path("__type").asString())
                .isEqualTo("LimitExceededException");
        assertThat(createGroup("plain", 0, 0, 0).status()).isEqualTo(200);
    }

    @Test
    void aGroupHasAtMostFiftyTagsFromTheBeginning() {
        assertThat(createGroup("fits", 50, 5, 5).status()).isEqualTo(200);
        assertThat(createGroup("much", 51, 5, 5).json().path("__type").asString())
                .isEqualTo("TooManyTagsException");
    }

    private ConsoleClient.Reply createGroup(String name, int tags, int keyLength, int valueLength) {
        ObjectNode request = Json.object().put("logGroupName", name);
        ObjectNode all = request.putObject("tags");
        for (int i = 0; i < tags; i++) {
            String number = Integer.toString(i);
            all.put(number + "k".repeat(keyLength - number.length()), "v".repeat(valueLength));
        }
        return client.post("/", request.toString(), "X-Amz-Target", "Logs_20140328.CreateLogGroup");
    }

    @Test
    void whatAGroupOfTracesIsToldBesideItsFlagsIsNotKept() {
        String large = "{\"GroupName\":\"g\",\"InsightsConfiguration\":{\"InsightsEnabled\":true,\"more\":\""
                + "x".repeat(900_000) + "\"}}";

        JsonNode answer = client.post("/CreateGroup", large).json();

        assertThat(answer.at("/Group/InsightsConfiguration").toString())
                .isEqualTo("{\"InsightsEnabled\":true,\"NotificationsEnabled\":false}");
    }

    private long bytesOf(String store) {
        return client.json("/api/delivery")
                .path("kept")
                .path(store)
                .path("bytes")
                .asLong();
    }

    private static ObjectNode annotated(int number, String text) {
        ObjectNode document = inTrace(number, segment(id(1), "s", 1700000000, 1700000001));
        document.putObject("annotations").put("a", text);
        return document;
    }
}
