package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.W3C;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How log lines are read and found. */
class LogApiTest extends WithConsole {

    private LogLines lines;

    @BeforeEach
    void createStream() {
        lines = new LogLines(client);
    }

    @Test
    void aJsonLineIsReadByItsKeys() {
        ObjectNode json = Json.object()
                .put("timestamp", "2026-11-22T16:00:00.123456Z")
                .put("level", "WARN")
                .put("logger", "io.cruddur.App")
                .put("thread", "main")
                .put("message", "served")
                .put("service", "backend-flask")
                .put("traceId", W3C)
                .put("xrayTraceId", TRACE)
                .put("spanId", "53995c3f42cd8ad8")
                .put("exception", "java.lang.Error: x\n\tat y")
                .put("color", "red");
        json.putObject("fields").put("count", 3);
        json.putObject("mdc").put("user", "a");
        lines.put(json.toString());

        JsonNode line = all().path(0);

        assertThat(line.path("timestamp").asString()).isEqualTo("2026-11-22T16:00:00.123456Z");
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("logger").asString()).isEqualTo("io.cruddur.App");
        assertThat(line.path("message").asString()).isEqualTo("served");
        assertThat(line.path("traceId").asString()).isEqualTo(TRACE);
        assertThat(line.path("spanId").asString()).isEqualTo("53995c3f42cd8ad8");
        assertThat(line.path("service").asString()).isEqualTo("backend-flask");
        assertThat(line.path("exception").asString()).startsWith("java.lang.Error");
        assertThat(line.path("fields").toString()).isEqualTo("{\"color\":\"red\",\"count\":3}");
        assertThat(line.path("mdc").path("user").asString()).isEqualTo("a");
        assertThat(line.path("group").asString() + "/" + line.path("stream").asString())
                .isEqualTo("g/s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "{broken", "[1]", "\"text\"", "{\"a\":1} {\"b\":2}"})
    void whatIsNoJsonObjectIsTheMessage(String text) {
        lines.put(text);

        JsonNode line = all().path(0);
        assertThat(line.path("message").asString()).isEqualTo(text);
        assertThat(line.path("level").asString()).isEqualTo("INFO");
        assertThat(line.path("traceId").isNull()).isTrue();
        assertThat(line.path("fields")).isEmpty();
    }

    @Test
    void aPlainLineThatNamesATraceBelongsToIt() {
        lines.put("request " + TRACE + " served", "another");

        assertThat(client.json("/api/logs?trace=" + W3C).path("logs")).hasSize(1);
    }

    @Test
    void linesAreFoundByTraceLevelAndText() {
        lines.put(
                "{\"level\":\"debug\",\"message\":\"one\"}",
                "{\"level\":\"WARNING\",\"message\":\"two\",\"traceId\":\"" + W3C + "\"}",
                "{\"level\":\"ERROR\",\"message\":\"Three\",\"fields\":{\"fruit\":\"Apple\"}}");

        assertThat(found("")).containsExactly("one", "two", "Three");
        assertThat(found("trace=" + TRACE)).containsExactly("two");
        assertThat(found("level=warn")).containsExactly("two", "Three");
        assertThat(found("level=ERROR")).containsExactly("Three");
        assertThat(found("q=three")).containsExactly("Three");
        assertThat(found("q=apple")).containsExactly("Three");
        assertThat(found("limit=2")).containsExactly("two", "Three");
        assertThat(found("level=warn&q=one")).isEmpty();
        assertThat(found("q=fruit%3DApple")).containsExactly("Three");
        assertThat(found("q=fruit%3Dapp")).isEmpty();
        assertThat(found("q=message%3Dtwo")).containsExactly("two");
        assertThat(found("q=-three%20-one")).containsExactly("two");
        assertThat(found("q=stream%3Ds%20three")).containsExactly("Three");
    }

    @Test
    void textIsFoundWhateverItsLetters() {
        lines.put(
                "{\"message\":\"says \\\"hello there\\\" twice\"}",
                "plain key=value and Grüße",
                "{\"message\":\"a\",\"mdc\":{\"user id\":\"7\",\"tenant\":\"x y\"}}");

        assertThat(found("q=" + ConsoleClient.encoded("\"hello there\""))).hasSize(1);
        assertThat(found("q=" + ConsoleClient.encoded("key=value"))).hasSize(1);
        assertThat(found("q=" + ConsoleClient.encoded("GRÜSSE grüße"))).isEmpty();
        assertThat(found("q=" + ConsoleClient.encoded("GRÜßE"))).hasSize(1);
        assertThat(found("q=" + ConsoleClient.encoded("tenant=\"x y\""))).hasSize(1);
        assertThat(found("q=" + ConsoleClient.encoded("tenant=x"))).isEmpty();
    }

    /** By the names and in the words that the page shows, however the line writes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@version=1",
                "http/x=a/b",
                "k8s:pod=p-1",
                "café",
                "city=café",
                "city=\"café\"",
                "a/b",
                "<b>",
                "html=<b>",
                "lines=\"one\ntwo\"",
                "ratio=1",
                "huge=1000",
                "fields.message=inner",
                "message=outer",
                "on=true"
            })
    void aFieldIsFoundByWhatIsShownOfIt(String filter) {
        lines.put(
                "{\"@version\":\"1\",\"message\":\"outer\",\"http/x\":\"a\\/b\",\"k8s:pod\":\"p-1\",\"city\":\"caf\\u00e9\","
                        + "\"html\":\"\\u003cb>\",\"lines\":\"one\\ntwo\",\"ratio\":1.0,\"huge\":1e3,\"on\":true,"
                        + "\"fields\":{\"message\":\"inner\"}}",
                "{\"message\":\"another\",\"ratio\":10,\"huge\":\"of 1000\"}",
                "C:\\\\new and a plain line, on=false");

        assertThat(found("q=" + ConsoleClient.encoded(filter))).containsExactly("outer");
    }

    @Test
    void aBackslashOfAPlainLineIsOne() {
        lines.put("from C:\\new\\uploads", "{\"message\":\"from C:\\\\new\"}");

        assertThat(found("q=" + ConsoleClient.encoded("C:\\new"))).hasSize(2);
        assertThat(found("q=" + ConsoleClient.encoded("\\uploads"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"level=loud", "trace=abc", "limit=0", "limit=many"})
    void whatTheListCannotDoItSays(String query) {
        var reply = client.get("/api/logs?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("hint").asString()).isNotEmpty();
    }

    @Test
    void aTraceShowsItsLines() {
        client.post("/TraceSegments", Documents.put(Documents.notifications()));
        lines.put("{\"message\":\"mine\",\"xrayTraceId\":\"" + TRACE + "\"}", "other");

        JsonNode logs = client.json("/api/traces/" + TRACE).path("logs");

        assertThat(logs).hasSize(1);
        assertThat(logs.path(0).path("message").asString()).isEqualTo("mine");
    }

    @Test
    void aTraceThatIsNotSampledShowsItsLinesWithoutSpans() {
        lines.put("{\"message\":\"mine\",\"xrayTraceId\":\"" + TRACE + "\"}");

        JsonNode trace = client.json("/api/traces/" + TRACE);

        assertThat(trace.path("spans")).isEmpty();
        assertThat(trace.path("logs")).hasSize(1);
    }

    private JsonNode all() {
        return client.json("/api/logs").path("logs");
    }

    private List<String> found(String query) {
        return client.json("/api/logs?" + query)
                .path("logs")
                .valueStream()
                .map(line -> line.path("message").asString())
                .toList();
    }
}
