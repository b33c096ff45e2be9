package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.W3C;
import static io.cruddur.obs.console.Documents.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** In each field of each way in a text that would do harm as markup or on a terminal, behind the field's own name. */
final class HostileTexts {

    static final String SCRIPT = "<script>window.hit=1</script>";

    /** The control sequence introducer in both its forms, the right-to-left override, NUL; and no place to break a line. */
    static final String MARK =
            SCRIPT + "<img src=x onerror=window.hit=1>\u001b[31m\u009b1m\u202e\u0000\"'`${7+7}&lt;" + "W".repeat(50);

    /** As long as the id of a span in an item may be, and one in a path. */
    private static final String IMAGE = "<img src=x onerror=window.hit=1>";

    static final String OTLP_W3C = "5759e988bd862e3fe1be46a994272794";
    static final String OTLP_TRACE = "1-5759e988-bd862e3fe1be46a994272794";

    private final ConsoleClient client;

    HostileTexts(ConsoleClient client) {
        this.client = client;
    }

    static String in(String field) {
        return field + MARK;
    }

    void sendAll() {
        assertThat(client.post("/TraceSegments", Documents.put(segment(), alone()))
                        .body())
                .contains("\"UnprocessedTraceSegments\":[]");
        logs();
        item(exceptionItem());
        item(Items.message("<script>window.hit=1</script>\u001b", in("message-body")));
        otlp();
        delivery();
    }

    private static ObjectNode segment() {
        ObjectNode root = Documents.segment(id(1), in("segment-name"), 1_700_000_000, 1_700_000_000.5)
                .put("user", in("user"))
                .put("origin", in("origin"))
                .put("fault", true);
        root.putObject("service").put("name", in("service-name")).put("version", in("service-version"));
        ObjectNode http = root.putObject("http").put(in("http-key"), in("http-value"));
        http.putObject("request")
                .put("method", in("http-method"))
                .put("url", in("http-url"))
                .put("user_agent", in("http-agent"))
                .put("client_ip", in("http-client"));
        http.putObject("response").put("status", in("http-status"));
        root.putObject("annotations")
                .put(in("annotation-key"), in("annotation-value"))
                .put("rollbar_uuid", in("reported"));
        root.putObject("metadata").putObject(in("metadata-namespace")).put(in("metadata-key"), in("metadata-value"));
        ObjectNode exception = root.putObject("cause")
                .putArray("exceptions")
                .addObject()
                .put("id", in("exception-id"))
                .put("type", in("exception-type"))
                .put("message", in("exception-message"));
        exception.putArray("stack").addObject().put("path", in("frame-path")).put("label", in("frame-label"));
        root.putArray("subsegments")
                .add(sql())
                .add(aws())
                .add(span(4, "subsegment-name").put("namespace", in("namespace")));
        return root;
    }

    private static ObjectNode sql() {
        ObjectNode span = span(2, "sql-name").put("namespace", "remote");
        span.putObject("sql")
                .put("sanitized_query", in("sql-statement"))
                .put("database_type", in("sql-type"))
                .put("url", in("sql-url"))
                .put("user", in("sql-user"));
        return span;
    }

    private static ObjectNode aws() {
        ObjectNode span = span(3, "aws-name").put("namespace", "aws");
        span.putObject("aws")
                .put("operation", in("aws-operation"))
                .put("table_name", in("aws-table"))
                .put("request_id", in("aws-request"))
                .putArray("resource_names")
                .add(in("aws-resource"));
        return span;
    }

    private static ObjectNode span(int number, String name) {
        return Documents.span(id(number), in(name), 1_700_000_000.1, 1_700_000_000.2);
    }

    private static ObjectNode alone() {
        ObjectNode span = Documents.subsegment(id(5), id(1), in("alone-name"), 1_700_000_000.1, 1_700_000_000.2);
        span.putObject("service").put("name", in("alone-service"));
        return span;
    }

    private void logs() {
        ObjectNode line = Json.object().put("traceId", W3C).put("spanId", id(1)).put("picked", SCRIPT);
        for (String key : List.of(
                "level",
                "message",
                "logger",
                "thread",
                "service",
                "environment",
                "eventId",
                "exception",
                "timestamp")) {
            line.put(key, in("log-" + key));
        }
        line.putObject("fields")
                .put(in("field-key"), in("field-value"))
                .putObject("nested")
                .put(in("n"), in("nested-value"));
        line.putObject("mdc").put(in("mdc-key"), in("mdc-value"));
        ObjectNode names = Json.object().put("logGroupName", "g").put("logStreamName", in("log-stream"));
        LogLines lines = new LogLines(client);
        call("CreateLogStream", names);
        ObjectNode batch = names.deepCopy();
        ArrayNode events = batch.putArray("logEvents");
        long now = System.currentTimeMillis();
        events.addObject().put("timestamp", now).put("message", line.toString());
        events.addObject().put("timestamp", now).put("message", in("plain-message"));
        lines.send(batch.toString());
    }

    private void call(String operation, ObjectNode request) {
        assertThat(client.post("/", request.toString(), "X-Amz-Target", "Logs_20140328." + operation)
                        .status())
                .isEqualTo(200);
    }

    private static ObjectNode exceptionItem() {
        ObjectNode item = Items.exception(IMAGE + "\u001b", in("item-class"), in("item-message"), in("item-method"), 1);
        ObjectNode data = (ObjectNode) item.path("data");
        data.put("title", in("item-title"))
                .put("environment", in("item-environment"))
                .put("framework", in("item-framework"))
                .put("language", in("item-language"))
                .put("code_version", in("item-version"))
                .put("context", in("item-context"));
        ((ObjectNode) data.at("/body/trace_chain/0/frames/1"))
                .put("filename", in("item-file"))
                .put("class_name", in("item-class-name"));
        data.putObject("server").put("host", in("item-host"));
        data.putObject("person").put("id", in("item-person"));
        ObjectNode request =
                data.putObject("request").put("url", in("request-url")).put("method", in("request-method"));
        request.putObject("headers").put(in("header-name"), in("header-value"));
        data.putObject("custom")
                .put("traceId", W3C)
                .put("spanId", IMAGE)
                .put("service", in("item-service"))
                .put(in("custom-key"), in("custom-value"));
        return item;
    }

    private void item(ObjectNode item) {
        var reply = client.post("/api/1/item/", item.toString());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private void otlp() {
        ObjectNode server = otlpSpan(11, "span-name").put("kind", 2);
        attribute(server.putArray("attributes"), "attribute");
        ArrayNode events = server.putArray("events");
        attribute(events.addObject().put("name", in("event-name")).putArray("attributes"), "event");
        ArrayNode thrown = events.addObject().put("name", "exception").putArray("attributes");
        for (String key : List.of("type", "message", "stacktrace")) {
            pair(thrown, "exception." + key, in("otlp-" + key));
        }
        ObjectNode call = otlpSpan(12, "client-span").put("kind", 3).put("parentSpanId", id(11));
        pair(call.putArray("attributes"), "peer.service", in("peer-name"));
        call.putObject("status").put("code", 2).put("message", in("status-message"));

        ObjectNode request = Json.object();
        ObjectNode resourceSpans = request.putArray("resourceSpans").addObject();
        ArrayNode resource = resourceSpans.putObject("resource").putArray("attributes");
        pair(resource, "service.name", in("resource-service"));
        attribute(resource, "resource");
        ObjectNode scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
        scopeSpans.putObject("scope").put("name", in("scope-name")).put("version", in("scope-version"));
        scopeSpans.putArray("spans").add(server).add(call);
        assertThat(client.post("/v1/traces", request.toString(), "Content-Type", "application/json")
                        .body())
                .isEqualTo("{}");
    }

    private static ObjectNode otlpSpan(int number, String name) {
        return Json.object()
                .put("traceId", OTLP_W3C)
                .put("spanId", id(number))
                .put("name", in(name))
                .put("traceState", in("trace-state"))
                .put("startTimeUnixNano", "1700000000000000000")
                .put("endTimeUnixNano", "1700000001000000000");
    }

    private static void attribute(ArrayNode attributes, String name) {
        pair(attributes, in(name + "-key"), in(name + "-value"));
    }

    private static void pair(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }

    private void delivery() {
        ObjectNode report = Json.object()
                .put("service", in("delivery-service"))
                .put("process", in("delivery-process"))
                .put("time", "2026-11-22T16:00:00Z");
        ObjectNode sink = report.putArray("sinks")
                .addObject()
                .put("name", in("sink-name"))
                .put("accepted", 3)
                .put("delivered", 1)
                .put("pending", 1);
        sink.putObject("lost").put(in("lost-reason"), 1);
        sink.putObject("lastFailure").put("time", "2026-11-22T16:00:00Z").put("reason", in("failure-reason"));
        assertThat(client.post("/api/delivery", report.toString()).status()).isEqualTo(204);
    }
}
