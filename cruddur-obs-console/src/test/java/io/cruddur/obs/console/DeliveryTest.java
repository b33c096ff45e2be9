package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.ConsoleClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The delivery law as processes report it. */
class DeliveryTest extends WithConsole {

    @Test
    void theNewestReportOfEachProcessIsShown() {
        post("a", "2026-11-22T16:00:01Z", 5);
        post("b", "2026-11-22T16:00:01.5+01:00", 1);
        post("a", "2026-11-22T16:00:02.000001Z", 6);
        post("a", "2026-11-22T16:00:00Z", 4);

        JsonNode processes = client.json("/api/delivery").path("processes");

        assertThat(processes).hasSize(2);
        JsonNode first = processes.path(0);
        assertThat(first.path("service").asString()).isEqualTo("backend-flask");
        assertThat(first.path("process").asString()).isEqualTo("a");
        assertThat(first.path("time").asString()).isEqualTo("2026-11-22T16:00:02.000001Z");
        JsonNode sink = first.path("sinks").path(0);
        assertThat(sink.path("name").asString()).isEqualTo("xray");
        assertThat(sink.path("accepted").asLong()).isEqualTo(6);
        assertThat(sink.path("lost").path("unreachable").asLong()).isEqualTo(3);
        assertThat(processes.path(1).path("time").asString()).isEqualTo("2026-11-22T15:00:01.500000Z");
    }

    @Test
    void theLastFailureIsTheSendersOrElseTheLastLossThatShowed() {
        post("xray", 1, 0);
        assertThat(sink().has("lastFailure")).isFalse();
        post("xray", 2, 3);
        post("xray", 3, 3);

        assertThat(sink().at("/lastFailure/reason").asString()).isEqualTo("queue_full");
        assertThat(sink().at("/lastFailure/time").asString()).isEqualTo("2026-11-22T16:00:02.000000Z");
        assertThat(sink().path("lastDelivered").asString()).isEqualTo("2026-11-22T15:59:00.000000Z");

        client.post("/api/delivery", """
                {"service":"s","process":"p","time":"2026-11-22T16:00:09Z","sinks":[{"name":"xray","accepted":9,
                 "delivered":5,"pending":0,"lost":{"queue_full":4},"spoolBytes":17,
                 "lastFailure":{"time":"2026-11-22T16:00:08Z","reason":"refused"}}]}""");
        assertThat(sink().at("/lastFailure/reason").asString()).isEqualTo("refused");
        assertThat(sink().path("spoolBytes").asInt()).isEqualTo(17);
    }

    @Test
    void theLaterOfALossAndAFailureOfTheSendersOwnIsShown() {
        post(1, "http_503", 0, 0);
        post(2, "http_503", 0, 0);
        assertFailure("http_503", 0);

        post(3, "http_503", 0, 1);
        assertFailure("queue_full", 3);
        post(4, "http_503", 0, 1);
        assertFailure("queue_full", 3);
        // What the failure itself lost is told by its reason and at its own time.
        post(6, "http_400", 5, 2);
        assertFailure("http_400", 5);
    }

    private void post(int second, String failure, int failedAt, int lost) {
        Reply reply = client.post("/api/delivery", """
                {"service":"s","process":"p","time":"2026-11-22T16:00:0%dZ","sinks":[{"name":"xray","accepted":9,
                 "delivered":5,"pending":4,"lost":{"queue_full":%d},
                 "lastFailure":{"time":"2026-11-22T16:00:0%dZ","reason":"%s"}}]}""".formatted(second, lost, failedAt, failure));
        assertThat(reply.status()).isEqualTo(204);
    }

    private void assertFailure(String reason, int second) {
        assertThat(sink().path("lastFailure").toString())
                .isEqualTo("{\"time\":\"2026-11-22T16:00:0" + second + ".000000Z\",\"reason\":\"" + reason + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "[1]",
                "\"refused\"",
                "{}",
                "{\"time\":\"2026-11-22T16:00:08Z\"}",
                "{\"time\":\"2026-11-22T16:00:08Z\",\"reason\":{\"a\":1}}",
                "{\"time\":\"yesterday\",\"reason\":\"refused\"}",
                "{\"time\":5,\"reason\":\"refused\"}"
            })
    void aFailureThatCannotBeShownIsLeftOutAndTheCountsAreKept(String failure) {
        assertThat(postFailure(failure).status()).isEqualTo(204);

        assertThat(sink().path("pending").asInt()).isEqualTo(4);
        assertThat(sink().has("lastFailure")).isFalse();
    }

    @Test
    void ofAFailureInManyWordsTheFirstAreShown() {
        String begin = "x".repeat(199);
        postFailure("{\"time\":\"2026-11-22T16:00:08Z\",\"reason\":\"" + begin + "\ud83d\ude00" + "y".repeat(9_000)
                + "\"}");

        assertThat(sink().at("/lastFailure/reason").asString()).isEqualTo(begin);
    }

    private Reply postFailure(String failure) {
        return client.post("/api/delivery", """
                {"service":"s","process":"p","time":"2026-11-22T16:00:09Z","sinks":[{"name":"xray","accepted":9,
                 "delivered":5,"pending":4,"lost":{},"lastFailure":%s}]}""".formatted(failure));
    }

    private void post(String sink, int second, int lost) {
        client.post("/api/delivery", """
                {"service":"s","process":"p","time":"2026-11-22T16:00:0%dZ","sinks":[{"name":"%s","accepted":9,
                 "delivered":9,"pending":0,"lost":{"queue_full":%d},"lastDelivered":"2026-11-22T15:59:00Z"}]}""".formatted(second, sink, lost));
    }

    private JsonNode sink() {
        return client.json("/api/delivery").at("/processes/0/sinks/0");
    }

    @Test
    void whatTheKernelDroppedIsShown() {
        JsonNode dropped = client.json("/api/delivery").path("droppedByKernel");

        boolean linux = System.getProperty("os.name").equals("Linux");
        assertThat(linux ? dropped.asLong(-1) == 0 : dropped.isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"service\":\"s\",\"process\":\"p\",\"time\":\"2026-11-22T16:00:01Z\"}",
                "{\"service\":\"s\",\"process\":\"p\",\"time\":\"now\",\"sinks\":[]}",
                "{\"process\":\"p\",\"time\":\"2026-11-22T16:00:01Z\",\"sinks\":[]}",
                "{\"service\":\"s\",\"process\":\"p\",\"time\":\"2026-11-22T16:00:01Z\",\"sinks\":[{}]}",
                "{\"service\":\"s\",\"process\":\"p\",\"time\":\"2026-11-22T16:00:01Z\",\"sinks\":[{\"name\":\"x\","
                        + "\"accepted\":-1,\"delivered\":0,\"pending\":0}]}"
            })
    void aMalformedReportIsRefusedWithAHintAndNotKept(String body) {
        Reply reply = client.post("/api/delivery", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).isNotEmpty();
        assertThat(reply.json().path("hint").asString()).isNotEmpty();
        assertThat(client.json("/api/delivery").path("processes")).isEmpty();
    }

    private void post(String process, String time, int accepted) {
        Reply reply = client.post(
                "/api/delivery",
                "{\"service\":\"backend-flask\",\"process\":\"" + process + "\",\"time\":\"" + time
                        + "\",\"sinks\":[{\"name\":\"xray\",\"accepted\":" + accepted
                        + ",\"delivered\":1,\"pending\":0,\"lost\":{\"unreachable\":3}}]}");
        assertThat(reply.status()).isEqualTo(204);
    }
}
