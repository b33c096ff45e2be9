package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.W3C;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.ConsoleClient.Reply;
import io.cruddur.obs.console.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rollbar items and the groups they form. */
class RollbarIngestTest extends WithConsole {

    private static final String PATH = "/api/1/item/";

    @Test
    void anItemIsAnsweredAsRollbarDoesAndListed() {
        Reply reply = send(Items.inTrace(Items.exception("u1", "java.lang.Error", "<b>x</b>", "run", 7), W3C));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"err\":0,\"result\":{\"id\":null,\"uuid\":\"u1\"}}");
        JsonNode row = client.json("/api/errors").path("errors").path(0);
        assertThat(row.path("title").asString()).isEqualTo("java.lang.Error: <b>x</b>");
        assertThat(row.path("level").asString()).isEqualTo("error");
        assertThat(row.path("count").asInt()).isEqualTo(1);
        assertThat(row.path("firstSeen").asString()).isEqualTo("2023-11-14T22:13:20.000000Z");
        assertThat(row.path("traceIds").path(0).asString()).isEqualTo(TRACE);
        assertThat(row.path("uuid").asString()).isEqualTo("u1");
    }

    @Test
    void anItemThatStandsForOthersCountsForAllOfThem() {
        long now = System.currentTimeMillis() / 1000;
        ObjectNode first = Items.exception("u1", "java.lang.Error", "x", "run", 7);
        ((ObjectNode) first.path("data")).put("timestamp", now);
        send(first);
        ObjectNode told = Items.exception("u2", "java.lang.Error", "x", "run", 7);
        ((ObjectNode) told.path("data")).put("timestamp", now);
        ((ObjectNode) told.path("data")).putObject("custom").putObject("folded").put("count", 9_940);
        send(told);

        JsonNode row = client.json("/api/errors").path("errors").path(0);
        assertThat(row.path("count").asLong()).isEqualTo(9_941);
        JsonNode details = client.json("/api/errors/" + row.path("fingerprint").asString());
        assertThat(details.at("/trend/counts")
                        .valueStream()
                        .mapToLong(JsonNode::asLong)
                        .sum())
                .isEqualTo(9_941);
    }

    @Test
    void aTitleIsNotCutWithinACharacter() {
        ObjectNode item = Items.message("u1", "x");
        ((ObjectNode) item.path("data")).put("title", "x".repeat(253) + "\ud83d\ude00 and more");
        send(item);

        assertThat(client.json("/api/errors").at("/errors/0/title").asString()).isEqualTo("x".repeat(253) + "…");
    }

    @Test
    void aGroupIsFoundByTheUuidOfAnItem() {
        send(Items.exception("u1", "java.lang.Error", "x", "run", 7));

        assertThat(client.json("/api/errors/u1").path("latest").path("uuid").asString())
                .isEqualTo("u1");
        assertThat(client.get("/api/errors/u9").status()).isEqualTo(404);
    }

    @Test
    void theDetailsHaveTheLatestItemAndNeverItsToken() {
        send(Items.inTrace(Items.exception("u1", "java.lang.Error", "x", "run", 7), TRACE));
        String fingerprint = client.json("/api/errors")
                .path("errors")
                .path(0)
                .path("fingerprint")
                .asString();

        Reply reply = client.get("/api/errors/" + fingerprint);

        assertThat(reply.json()
                        .path("latest")
                        .path("body")
                        .path("trace_chain")
                        .path(0)
                        .path("frames"))
                .hasSize(2);
        JsonNode occurrence = reply.json().path("occurrences").path(0);
        assertThat(occurrence.path("traceId").asString()).isEqualTo(TRACE);
        assertThat(occurrence.path("spanId").asString()).isEqualTo("53995c3f42cd8ad8");
        assertThat(reply.body()).doesNotContain("token-of-the-project");
        assertThat(client.get("/api/errors/none").status()).isEqualTo(404);
    }

    @Test
    void theSameThrowIsOneGroupWhateverItsLineAndMessage() {
        send(Items.exception("u1", "java.lang.Error", "a", "run", 7));
        send(Items.exception("u2", "java.lang.Error", "b", "run", 8));
        send(Items.exception("u3", "java.lang.Error", "a", "other", 7));
        send(Items.exception("u4", "java.lang.Exception", "a", "run", 7));
        send(Items.message("u5", "hello"));
        send(Items.message("u6", "hello"));

        assertThat(client.json("/api/errors")
                        .path("errors")
                        .valueStream()
                        .map(row -> row.path("title").asString() + " "
                                + row.path("count").asInt()))
                .containsExactly("hello 2", "java.lang.Exception: a 1", "java.lang.Error: a 1", "java.lang.Error: b 2");
    }

    @Test
    void aFingerprintOfTheSenderDecides() {
        ObjectNode one = Items.message("u1", "one");
        ((ObjectNode) one.path("data")).put("fingerprint", "mine").put("title", "Own title");
        ObjectNode two = Items.message("u2", "two");
        ((ObjectNode) two.path("data")).put("fingerprint", "mine");
        ObjectNode odd = Items.message("u3", "odd");
        ((ObjectNode) odd.path("data")).put("fingerprint", "a/../b?c " + "x".repeat(50));
        send(one);
        send(two);
        send(odd);

        assertThat(client.json("/api/errors/mine").path("count").asInt()).isEqualTo(2);
        String hashed = client.json("/api/errors")
                .path("errors")
                .path(0)
                .path("fingerprint")
                .asString();
        assertThat(hashed).matches("[0-9a-f]{40}");
        assertThat(client.json("/api/errors/" + hashed).path("title").asString())
                .isEqualTo("odd");
    }

    @Test
    void aRepeatedUuidIsOneOccurrence() {
        send(Items.message("u1", "hello"));
        Reply again = send(Items.message("u1", "hello"));

        assertThat(again.json().path("err").asInt()).isZero();
        assertThat(client.json("/api/errors")
                        .path("errors")
                        .path(0)
                        .path("count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aTraceShowsItsErrors() {
        client.post("/TraceSegments", Documents.put(Documents.notifications()));
        send(Items.inTrace(Items.message("u1", "mine"), W3C));
        send(Items.message("u2", "other"));

        JsonNode errors = client.json("/api/traces/" + TRACE).path("errors");

        assertThat(errors).hasSize(1);
        assertThat(errors.path(0).path("title").asString()).isEqualTo("mine");
    }

    @Test
    void theAccessTokenMayBeAHeaderButMustBeThere() {
        ObjectNode item = Items.message("u1", "hello");
        item.remove("access_token");

        assertThat(client.post(PATH, item.toString()).status()).isEqualTo(401);
        assertThat(client.post(PATH, item.put("access_token", " ").toString()).status())
                .isEqualTo(401);
        assertThat(client.json("/api/errors").path("errors")).isEmpty();
        assertThat(client.post(PATH, item.toString(), "X-Rollbar-Access-Token", "t")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":1}",
                "{\"data\":{}}",
                "{\"data\":{\"body\":{}}}",
                "{\"data\":{\"body\":{\"trace\":{\"frames\":[]}}}}",
                "{\"data\":{\"body\":{\"trace\":{\"exception\":{\"class\":\"X\"}}}}}",
                "{\"data\":{\"body\":{\"message\":{}}}}",
                "{\"data\":{\"body\":{\"message\":{\"body\":\"x\"}},\"level\":\"loud\"}}"
            })
    void anItemThatCannotBeProcessedIs422(String body) {
        Reply reply = client.post(PATH, body, "X-Rollbar-Access-Token", "t");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("err").asInt()).isEqualTo(1);
        assertThat(reply.json().path("message").asString()).startsWith("invalid item");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "NaN"})
    void whatIsNoJsonIs400(String body) {
        Reply reply = client.post(PATH, body, "X-Rollbar-Access-Token", "t");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("err").asInt()).isEqualTo(1);
    }

    @Test
    void anItemOverOneMegabyteIs413HoweverItIsSent() throws IOException {
        String large = Items.message("u1", "x".repeat(1 << 20)).toString();

        assertThat(client.post(PATH, large).status()).isEqualTo(413);
        assertThat(sendGzip(gzip(large.getBytes(StandardCharsets.UTF_8))).status())
                .isEqualTo(413);
        byte[] bomb = gzip(new byte[200 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(sendGzip(bomb).status()).isEqualTo(413);
        assertThat(client.json("/api/errors").path("errors")).isEmpty();
    }

    @Test
    void gzipIsTakenAndDamagedGzipIs400() throws IOException {
        byte[] item = gzip(Items.message("u1", "zipped").toString().getBytes(StandardCharsets.UTF_8));

        assertThat(sendGzip(item).status()).isEqualTo(200);
        assertThat(client.json("/api/errors")
                        .path("errors")
                        .path(0)
                        .path("title")
                        .asString())
                .isEqualTo("zipped");
        byte[] torn = java.util.Arrays.copyOf(item, item.length / 2);
        assertThat(sendGzip(torn).status()).isEqualTo(400);
        assertThat(sendGzip("plain".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
        Reply unknown = client.send("POST", PATH, item, "Content-Encoding", "br");
        assertThat(unknown.status()).isEqualTo(415);
        assertThat(unknown.json().path("err").asInt()).isEqualTo(1);
    }

    @Test
    void anItemWithoutUuidGetsOne() {
        ObjectNode item = Items.message("u1", "hello");
        ((ObjectNode) item.path("data")).remove("uuid");

        assertThat(send(item).json().path("result").path("uuid").asString()).hasSize(36);
        ((ObjectNode) item.path("data")).put("uuid", "x".repeat(37));
        assertThat(send(item).status()).isEqualTo(422);
    }

    private Reply send(ObjectNode item) {
        return client.send("POST", PATH, Json.bytes(item));
    }

    private Reply sendGzip(byte[] body) {
        return client.send("POST", PATH, body, "Content-Encoding", "gzip");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void aTraceLeadsToItsErrorHoweverOftenThatHappensLater() {
        send(Items.inTrace(Items.exception("first", "java.lang.Error", "x", "run", 7), W3C));
        for (int i = 0; i < 150; i++) {
            send(Items.inTrace(Items.exception("u" + i, "java.lang.Error", "x", "run", 7), Documents.trace(i)));
        }

        assertThat(client.json("/api/traces/" + TRACE).path("errors")).hasSize(1);
        JsonNode group = client.json("/api/errors/first");
        assertThat(group.path("occurrences")).hasSize(100);
        assertThat(group.path("olderOccurrences").asInt()).isEqualTo(51);
        assertThat(client.json("/api/errors/u149").path("olderOccurrences").asInt())
                .isEqualTo(51);
    }

    @Test
    void oneTraceLeadsToAllOfItsErrors() {
        for (int i = 0; i < 3; i++) {
            send(Items.inTrace(Items.exception("u" + i, "java.lang.Error" + i, "x", "run", 7), W3C));
        }

        assertThat(client.json("/api/traces/" + TRACE).path("errors")).hasSize(3);
    }

    @Test
    void aCountBeyondAllNumbersStaysTheLargest() {
        for (int i = 0; i < 2; i++) {
            ObjectNode told = Items.exception("u" + i, "java.lang.Error", "x", "run", 7);
            ((ObjectNode) told.path("data"))
                    .putObject("custom")
                    .putObject("folded")
                    .put("count", Long.MAX_VALUE);
            send(told);
        }

        assertThat(client.json("/api/errors").at("/errors/0/count").asLong()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSpanIdThatIsNoneIsNotKept() {
        send(Items.inTrace(Items.exception("u1", "java.lang.Error", "x", "run", 7), W3C, "s".repeat(100_000)));

        assertThat(client.json("/api/errors/u1").at("/occurrences/0/spanId").isNull())
                .isTrue();
    }
}
