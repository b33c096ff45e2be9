package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.internal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the page draws a text it gets one, of whatever type is what was sent. */
class HostileTypesTest extends WithConsole {

    /** What lit would take for a template of its own. */
    private static final String TEMPLATE = "{\"_$litType$\":1,\"strings\":[\"<b>\"],\"values\":[]}";

    @ParameterizedTest
    @ValueSource(strings = {TEMPLATE, "{\"name\":\"x\"}", "[\"a\"]", "5", "true"})
    void whatIsNoTextInALineIsAmongItsFields(String value) throws Json.NotJson {
        ObjectNode line = Json.object();
        for (String key : new String[] {
            "timestamp",
            "level",
            "message",
            "logger",
            "thread",
            "service",
            "environment",
            "eventId",
            "exception",
            "spanId",
            "traceId",
            "xrayTraceId"
        }) {
            line.set(key, parse(value));
        }
        new LogLines(client).put(line.toString());

        JsonNode row = client.json("/api/logs").path("logs").path(0);

        assertThat(row.path("fields")).isEqualTo(line);
        assertThat(row.path("message").asString()).isEmpty();
        assertThat(row.path("level").asString()).isEqualTo("INFO");
        for (String key : new String[] {"logger", "thread", "traceId", "spanId"}) {
            assertThat(row.path(key).isNull()).as(key).isTrue();
        }
        for (String key : new String[] {"service", "environment", "eventId", "exception"}) {
            assertThat(row.has(key)).as(key).isFalse();
        }
    }

    @Test
    void fieldsAndMdcThatAreNoObjectsAreFields() {
        new LogLines(client).put("{\"message\":\"m\",\"fields\":[1],\"mdc\":\"x\"}");

        JsonNode row = client.json("/api/logs").path("logs").path(0);

        assertThat(row.path("fields").toString()).isEqualTo("{\"fields\":[1],\"mdc\":\"x\"}");
        assertThat(row.has("mdc")).isFalse();
    }

    @Test
    void aFieldBesideAKeyOfTheLineKeepsBoth() {
        new LogLines(client).put("{\"message\":{\"a\":1},\"fields\":{\"message\":\"own\"}}");

        assertThat(client.json("/api/logs").at("/logs/0/fields").toString())
                .isEqualTo("{\"message\":{\"a\":1},\"fields.message\":\"own\"}");
    }

    @Test
    void theBlocksOfASpanAreTexts() throws Json.NotJson {
        ObjectNode document = Documents.segment(Documents.id(1), "s", 1_700_000_000, 1_700_000_001);
        document.set(
                "http",
                parse("{\"request\":{\"method\":5,\"url\":" + TEMPLATE + "},\"response\":{\"status\":" + TEMPLATE
                        + "}}"));
        document.set("sql", parse("{\"sanitized_query\":" + TEMPLATE + "}"));
        document.set("aws", parse("{\"operation\":[1],\"retries\":2}"));
        document.set("annotations", parse("{\"a\":" + TEMPLATE + ",\"b\":5,\"c\":true}"));
        document.set(
                "cause",
                parse("{\"exceptions\":[7,{\"type\":{},\"message\":" + TEMPLATE
                        + ",\"stack\":[{\"label\":5,\"path\":{},\"line\":[]},9,null]},{\"stack\":{}}]}"));
        client.post("/TraceSegments", Documents.put(document));

        JsonNode download = client.json("/api/traces/" + TRACE + "/download");
        JsonNode span = download.at("/spans/0");

        assertThat(span.at("/http/request/method").stringValue()).isEqualTo("5");
        assertThat(span.at("/http/request/url").stringValue()).isEqualTo(TEMPLATE);
        assertThat(span.at("/http/response/status").stringValue()).isEqualTo(TEMPLATE);
        assertThat(span.at("/sql/sanitized_query").stringValue()).isEqualTo(TEMPLATE);
        assertThat(span.at("/aws").toString()).isEqualTo("{\"operation\":\"[1]\",\"retries\":2}");
        assertThat(span.at("/annotations/a").stringValue()).isEqualTo(TEMPLATE);
        assertThat(span.at("/annotations/b").intValue()).isEqualTo(5);
        assertThat(span.path("exceptions").toString())
                .isEqualTo("[{\"message\":\"7\"},{\"type\":\"{}\",\"message\":"
                        + Json.object().stringNode(TEMPLATE)
                        + ",\"stack\":[{\"label\":\"5\",\"path\":\"{}\",\"line\":\"[]\"},\"9\",\"null\"]},"
                        + "{\"stack\":\"{}\"}]");
        assertThat(download.path("documents").path(0).toString()).isEqualTo(document.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "5", "null", "\"x\""})
    void anItemWhoseChainIsNoneIsShownByItsTrace(String chain) throws Json.NotJson {
        ObjectNode item = Items.exception("u1", "java.lang.Error", "x", "run", 7);
        ObjectNode body = (ObjectNode) item.at("/data/body");
        body.set("trace", body.at("/trace_chain/0"));
        body.set("trace_chain", parse(chain));
        body.set("message", parse(TEMPLATE));
        assertThat(client.post("/api/1/item/", item.toString()).status()).isEqualTo(200);

        JsonNode shown = client.json("/api/errors/u1").at("/latest/body");

        assertThat(shown.has("trace_chain")).isFalse();
        assertThat(shown.at("/trace/exception/class").stringValue()).isEqualTo("java.lang.Error");
    }

    @Test
    void theStackOfAnItemIsOfTexts() throws Json.NotJson {
        ObjectNode item = Items.exception("u1", "java.lang.Error", "x", "run", 7);
        ObjectNode trace = (ObjectNode) item.at("/data/body/trace_chain/0");
        trace.set(
                "frames", parse("[{\"filename\":5,\"class_name\":{},\"method\":[],\"lineno\":" + TEMPLATE + "},null]"));
        ((ObjectNode) trace.path("exception")).set("message", parse(TEMPLATE));
        ((ObjectNode) item.at("/data/body")).set("message", parse("{\"body\":" + TEMPLATE + "}"));
        ((ObjectNode) item.at("/data/body")).withArrayProperty("trace_chain").add(7);
        assertThat(client.post("/api/1/item/", item.toString()).status()).isEqualTo(200);

        JsonNode shown = client.json("/api/errors/u1").at("/latest/body");

        assertThat(shown.path("trace_chain")).hasSize(1);
        assertThat(shown.at("/trace_chain/0/exception/message").stringValue()).isEqualTo(TEMPLATE);
        assertThat(shown.at("/message/body").stringValue()).isEqualTo(TEMPLATE);
        assertThat(shown.at("/trace_chain/0/frames/0/lineno").stringValue()).isEqualTo(TEMPLATE);
        assertThat(shown.at("/trace_chain/0/frames/0/class_name").stringValue()).isEqualTo("{}");
        assertThat(shown.at("/trace_chain/0/frames/1").stringValue()).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "5", "\"x\"", "true"})
    void subsegmentsThatAreNoListAreRefused(String subsegments) throws Json.NotJson {
        ObjectNode document = Documents.segment(Documents.id(1), "s", 1_700_000_000, 1_700_000_001);
        document.set("subsegments", parse(subsegments));

        JsonNode answer = client.post("/TraceSegments", Documents.put(document)).json();

        assertThat(answer.at("/UnprocessedTraceSegments/0/ErrorCode").asString())
                .isEqualTo("ParseError");
        assertThat(client.json("/api/traces").path("traces")).isEmpty();
    }

    private static JsonNode parse(String json) throws Json.NotJson {
        return Json.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
