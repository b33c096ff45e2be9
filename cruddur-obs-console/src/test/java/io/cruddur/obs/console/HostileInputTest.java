package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.console.ConsoleClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bad input on each way in: an answer in the shape of the service that speaks there, and nothing stored half. */
class HostileInputTest extends WithConsole {

    /** The way in, and the key in which its service says what is wrong. */
    private static final Map<String, String> WAYS = Map.ofEntries(
            Map.entry("/TraceSegments", "Message"),
            Map.entry("/GetSamplingRules", "Message"),
            Map.entry("/SamplingTargets", "Message"),
            Map.entry("/TelemetryRecords", "Message"),
            Map.entry("/CreateSamplingRule", "Message"),
            Map.entry("/UpdateSamplingRule", "Message"),
            Map.entry("/DeleteSamplingRule", "Message"),
            Map.entry("/UpdateGroup", "Message"),
            Map.entry("/DeleteGroup", "Message"),
            Map.entry("/GetGroup", "Message"),
            Map.entry("/CreateGroup", "Message"),
            Map.entry("/TraceSummaries", "Message"),
            Map.entry("/Traces", "Message"),
            Map.entry("/", "message"),
            Map.entry("/api/1/item/", "message"),
            Map.entry("/api/delivery", "error"),
            Map.entry("/v1/traces", "message"));

    static Stream<String> ways() {
        return WAYS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void jsonThatIsTenThousandDeepIsRefused(String path) {
        for (String deep : List.of("[".repeat(10_000), "{\"a\":".repeat(10_000))) {
            assertRefused(path, send(path, deep.getBytes(StandardCharsets.UTF_8)), 400);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aGzipBombEndsAtTheLimit(String path) throws IOException {
        byte[] bomb = gzip(" ".repeat(64 << 20));
        assertThat(bomb.length).isLessThan(100_000);

        assertRefused(path, send(path, bomb, "Content-Encoding", "gzip"), 413, 400);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsNoGzipOrAnotherEncodingIsRefused(String path) {
        byte[] plain = "{}".getBytes(StandardCharsets.UTF_8);

        assertRefused(path, send(path, plain, "Content-Encoding", "gzip"), 400);
        assertRefused(path, send(path, plain, "Content-Encoding", "br"), 415, 400);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsNoJsonIsRefused(String path) {
        for (String body : List.of("{", "nothing", "\u0000", "{\"a\":1}{", "\"<script>alert(1)</script>\"")) {
            assertRefused(path, send(path, body.getBytes(StandardCharsets.UTF_8)), 400, 422, 401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{\"format\":\"json\",\"version\":1}",
                "{\"format\":\"json\",\"version\":1}\n",
                "{\"format\":\"json\",\"version\":1}\n{\"trace_id\":\"1-5759e988-bd862e3fe1be46a994272793\",\"id\":\"53995c3",
                "{\"format\":\"json\",\"version\":2}\n{}",
                "{\"format\":\"xml\",\"version\":1}\n{}",
                "<script>alert(1)</script>"
            })
    void aTruncatedDatagramIsCountedAndNothingElse(String text) {
        client.rawDatagram(text);
        client.datagram(Documents.notifications().toString());

        // Of two sockets, the datagrams may come in any order.
        await().atMost(ConsoleClient.PATIENCE).untilAsserted(() -> {
            JsonNode answer = client.json("/api/traces");
            assertThat(answer.path("traces")).hasSize(1);
            assertThat(answer.path("rejectedDatagrams").asInt()).isEqualTo(1);
        });
    }

    @Test
    void anUnknownTargetPathOrMethodIsNamed() {
        for (String target : List.of("", "Logs_20140328.", "Logs_20140328.DropEverything", "DynamoDB_20120810.Query")) {
            Reply reply = client.post("/", "{}", "X-Amz-Target", target.isEmpty() ? " " : target);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("__type").asString()).isEqualTo("UnknownOperationException");
        }
        assertThat(client.post("/EncryptionConfig", "{}").status()).isEqualTo(404);
        assertThat(client.get("/TraceSegments").status()).isEqualTo(405);
    }

    @Test
    void controlCharactersAndScriptsComeBackAsTheDataTheyAre() {
        String hostile = "\u001b[31mred\u0007<script>\"'&\u202e";
        var document = Documents.notifications().put("name", "s");
        document.putObject("annotations").put("note", hostile);
        client.post("/TraceSegments", Documents.put(document));
        new LogLines(client).put(hostile);
        client.post("/api/1/item/", Items.message("u", hostile).toString());

        Reply trace = client.get("/api/traces/" + Documents.TRACE);
        assertThat(trace.json().at("/spans/0/annotations/note").asString()).isEqualTo(hostile);
        assertThat(client.json("/api/logs").at("/logs/0/message").asString()).isEqualTo(hostile);
        assertThat(client.json("/api/errors").at("/errors/0/title").asString()).isEqualTo(hostile);
        assertThat(trace.header("Content-Type")).isEqualTo("application/json");
        assertThat(trace.body()).doesNotContain("\u001b").doesNotContain("\u0007");
    }

    /** Their services do not look at it either; OTLP's do, which tells two formats apart by it. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "image/png; charset=x", "nonsense"})
    void anotherContentTypeIsNoReasonToRefuse(String type) {
        String[] header = {"Content-Type", type};
        assertThat(client.post("/TraceSegments", Documents.put(Documents.notifications()), header)
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/api/1/item/", Items.message("u", "boom").toString(), header)
                        .status())
                .isEqualTo(200);
        assertThat(client.post(
                                "/api/delivery",
                                "{\"service\":\"s\",\"process\":\"p\",\"time\":\"2026-11-22T16:00:01Z\",\"sinks\":[]}",
                                header)
                        .status())
                .isEqualTo(204);
        LogLines lines = new LogLines(client);
        assertThat(client.post(
                                "/",
                                lines.body(List.of("one")),
                                "Content-Type",
                                type,
                                "X-Amz-Target",
                                "Logs_20140328.PutLogEvents")
                        .status())
                .isEqualTo(200);

        assertThat(client.json("/api/traces").path("traces")).hasSize(1);
        assertThat(client.json("/api/errors").path("errors")).hasSize(1);
        assertThat(client.json("/api/delivery").path("processes")).hasSize(1);
        assertThat(client.json("/api/logs").path("logs")).hasSize(1);
    }

    /** What the server below the endpoints refuses while they read is told by them as well. */
    @ParameterizedTest
    @MethodSource("ways")
    void aBodyInBadChunksOrOneThatEndsEarlyIsRefused(String path) throws IOException {
        for (String rest : List.of("Transfer-Encoding: chunked\n\nnonsense\n", "Content-Length: 100\n\n{\"a\":")) {
            StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\nHost: localhost:" + console.port());
            for (int i = 0; i < headers().size(); i += 2) {
                request.append('\n')
                        .append(headers().get(i))
                        .append(": ")
                        .append(headers().get(i + 1));
            }

            String answer = RawHttp.halfClosed(console.port(), (request + "\n" + rest).split("\n", -1));

            HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
            assertRefused(path, new Reply(RawHttp.status(answer), none, RawHttp.body(answer)), 400);
        }
    }

    private Reply send(String path, byte[] body, String... headers) {
        Stream<String> all = Stream.concat(headers().stream(), Stream.of(headers));
        return client.send("POST", path, body, all.toArray(String[]::new));
    }

    private List<String> headers() {
        return List.of(
                "Content-Type",
                "application/json",
                "X-Amz-Target",
                "Logs_20140328.PutLogEvents",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + console.token() + "/20261127/us-east-1/xray/aws4_request");
    }

    private void assertRefused(String path, Reply reply, Integer... statuses) {
        assertThat(reply.status()).as(reply.body()).isIn((Object[]) statuses);
        assertThat(reply.json().path(Objects.requireNonNull(WAYS.get(path))).asString())
                .as(reply.body())
                .isNotEmpty();
        assertThat(client.json("/api/traces").path("traces")).isEmpty();
        assertThat(client.json("/api/logs").path("logs")).isEmpty();
        assertThat(client.json("/api/errors").path("errors")).isEmpty();
        assertThat(client.json("/api/delivery").path("processes")).isEmpty();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
