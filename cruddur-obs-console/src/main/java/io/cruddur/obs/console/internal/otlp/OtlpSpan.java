package io.cruddur.obs.console.internal.otlp;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.store.Texts;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One span of OpenTelemetry as a segment document, much as X-Ray's own endpoint makes one: an entry into a service is a
 * segment with the service's name, all else a subsegment; attributes are annotations, what is no plain value is
 * metadata. Beyond X-Ray's vocabulary {@code span_name} keeps the span's own name, and {@code service} of a subsegment
 * the service.
 */
final class OtlpSpan {

    private static final Pattern ZEROS = Pattern.compile("0+");
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;
    private static final int STATUS_ERROR = 2;
    private static final int REMOTE_PARENT = 0x200;
    private static final int MAX_NAME = 200;
    private static final int MAX_TEXT = 1_000;

    private final JsonNode span;
    private final Attributes attributes;
    private final Attributes resource;
    private final ObjectNode document = Json.object();

    private OtlpSpan(JsonNode span, Attributes resource) {
        this.span = span;
        this.attributes = new Attributes(span.path("attributes"));
        this.resource = resource;
    }

    static ObjectNode document(JsonNode span, Attributes resource, JsonNode scope) {
        OtlpSpan one = new OtlpSpan(span, resource);
        one.write(scope);
        return one.document;
    }

    private void write(JsonNode scope) {
        String service = resource.text("service.name");
        if (service == null) service = "unknown_service";
        String name = span.path("name").asString("");
        String parent = id("parentSpanId");
        int kind = kind();
        boolean segment = parent.isEmpty()
                || kind == SERVER
                || kind == CONSUMER
                || (number(span.path("flags")) & REMOTE_PARENT) != 0;

        document.put("id", id("spanId")).put("trace_id", xrayId(id("traceId")));
        if (!parent.isEmpty()) document.put("parent_id", parent);
        document.put("name", Texts.shortened(segment ? service : peerName(kind, name), MAX_NAME));
        if (!name.isEmpty()) document.put("span_name", Texts.shortened(name, MAX_TEXT));
        if (!segment) {
            document.put("type", "subsegment").putObject("service").put("name", service);
            namespace(kind);
        }
        times();
        String user = attributes.text("enduser.id", "user.id");
        if (user != null) document.put("user", user);
        http();
        sql();
        aws();
        marks(kind);
        exceptions();
        annotations();
        metadata(segment, scope);
    }

    /** Empty for the id of zeros, which is none. */
    private String id(String key) {
        String id = span.path(key).asString("").toLowerCase(Locale.ROOT);
        return ZEROS.matcher(id).matches() ? "" : id;
    }

    /** Left as it is where it has not 32 digits: then it is refused with the rest of the document's checks. */
    private static String xrayId(String id) {
        return id.length() == 32 ? "1-" + id.substring(0, 8) + "-" + id.substring(8) : id;
    }

    private int kind() {
        JsonNode kind = span.path("kind");
        if (!kind.isString()) return kind.asInt(0);
        return switch (kind.stringValue()) {
            case "SPAN_KIND_SERVER" -> SERVER;
            case "SPAN_KIND_CLIENT" -> CLIENT;
            case "SPAN_KIND_PRODUCER" -> PRODUCER;
            case "SPAN_KIND_CONSUMER" -> CONSUMER;
            default -> 0;
        };
    }

    /** X-Ray names a call by what is called. */
    private String peerName(int kind, String name) {
        if (kind != CLIENT && kind != PRODUCER) return name.isEmpty() ? "span" : name;
        String peer = attributes.text("peer.service");
        if (peer == null && isAws()) peer = attributes.text("rpc.service", "aws.remote.service");
        if (peer == null) peer = databaseName();
        if (peer == null) peer = attributes.text("server.address", "net.peer.name", "messaging.destination.name");
        if (peer != null) return peer;
        return name.isEmpty() ? "span" : name;
    }

    private @Nullable String databaseName() {
        String system = databaseSystem();
        if (system == null) return null;
        String name = attributes.text("db.namespace", "db.name");
        String host = attributes.text("server.address", "net.peer.name");
        if (name == null) return host == null ? system : system + "@" + host;
        return host == null ? name : name + "@" + host;
    }

    private @Nullable String databaseSystem() {
        return attributes.text("db.system.name", "db.system");
    }

    private boolean isAws() {
        return "aws-api".equals(attributes.text("rpc.system", "rpc.system.name"));
    }

    private void namespace(int kind) {
        if (isAws()) document.put("namespace", "aws");
        else if (kind == CLIENT || kind == PRODUCER) document.put("namespace", "remote");
    }

    private void times() {
        document.put("start_time", seconds(number(span.path("startTimeUnixNano"))));
        long end = number(span.path("endTimeUnixNano"));
        if (end == 0) document.put("in_progress", true);
        else document.put("end_time", seconds(end));
    }

    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(Math.max(0, nanos) / 1_000, 6);
    }

    private void http() {
        String method = attributes.text("http.request.method", "http.method");
        Integer status = attributes.number("http.response.status_code", "http.status_code");
        if (method == null && status == null) return;
        ObjectNode http = document.putObject("http");
        ObjectNode request = http.putObject("request").put("method", method).put("url", url());
        String agent = attributes.text("user_agent.original", "http.user_agent");
        if (agent != null) request.put("user_agent", agent);
        String client = attributes.text("client.address", "http.client_ip");
        if (client != null) request.put("client_ip", client);
        if (status != null) http.putObject("response").put("status", status);
    }

    private @Nullable String url() {
        String whole = attributes.text("url.full", "http.url");
        if (whole != null) return whole;
        String path = attributes.text("url.path", "http.target", "http.route");
        String host = attributes.text("server.address", "http.host", "net.host.name");
        if (path == null || host == null) return path;
        String scheme = attributes.text("url.scheme", "http.scheme");
        String port = attributes.text("server.port", "net.host.port");
        return (scheme == null ? "http" : scheme) + "://" + host + (port == null ? "" : ":" + port) + path;
    }

    private void sql() {
        String system = databaseSystem();
        if (system == null) return;
        ObjectNode sql = document.putObject("sql").put("database_type", system);
        String query = attributes.text("db.query.text", "db.statement", "db.query.summary");
        if (query != null) sql.put("sanitized_query", query);
        String url = databaseName();
        if (url != null) sql.put("url", url);
        String user = attributes.text("db.user");
        if (user != null) sql.put("user", user);
    }

    private void aws() {
        if (!isAws()) return;
        ObjectNode aws = document.putObject("aws").put("operation", attributes.text("rpc.method"));
        String region = attributes.text("cloud.region", "aws.region");
        if (region != null) aws.put("region", region);
        String request = attributes.text("aws.request_id", "aws.requestId");
        if (request != null) aws.put("request_id", request);
        String table = attributes.text("aws.dynamodb.table_names", "aws.table.name");
        if (table != null) aws.put("table_name", table);
    }

    /** A status of HTTP says more than OpenTelemetry's own, which knows only that something went wrong. */
    private void marks(int kind) {
        Integer status = attributes.number("http.response.status_code", "http.status_code");
        boolean failed = isFailed(span.path("status").path("code"));
        if (status != null && status >= 400 && status < 500) {
            if (!failed && kind != SERVER && kind != CLIENT) return;
            document.put("error", true);
            if (status == 429) document.put("throttle", true);
        } else if (failed || (status != null && status >= 500)) {
            document.put("fault", true);
        }
    }

    private static boolean isFailed(JsonNode code) {
        return code.isString() ? code.stringValue().equals("STATUS_CODE_ERROR") : code.asInt(0) == STATUS_ERROR;
    }

    private void exceptions() {
        ArrayNode thrown = Json.array();
        for (JsonNode event : span.path("events")) {
            if (!"exception".equals(event.path("name").asString(""))) continue;
            Attributes said = new Attributes(event.path("attributes"));
            ObjectNode exception = thrown.addObject()
                    .put("id", String.format("%016x", thrown.size() + 1))
                    .put("type", said.text("exception.type"))
                    .put("message", said.text("exception.message"));
            String stack = said.text("exception.stacktrace");
            if (stack != null) exception.set("stack", StackText.frames(stack));
        }
        String message = Json.text(span.path("status"), "message");
        if (thrown.isEmpty() && message != null && document.has("fault")) {
            thrown.addObject().put("id", String.format("%016x", 1)).put("message", message);
        }
        if (!thrown.isEmpty()) document.putObject("cause").set("exceptions", thrown);
    }

    private void annotations() {
        ObjectNode annotations = Json.object();
        for (Map.Entry<String, JsonNode> one : attributes.all().entrySet()) {
            JsonNode value = one.getValue();
            if (value.isString()) annotations.put(one.getKey(), Texts.shortened(value.stringValue(), MAX_TEXT));
            else if (value.isValueNode() && !value.isNull()) annotations.set(one.getKey(), value);
        }
        if (!annotations.isEmpty()) document.set("annotations", annotations);
    }

    private void metadata(boolean segment, JsonNode scope) {
        ObjectNode metadata = Json.object();
        for (Map.Entry<String, JsonNode> one : attributes.all().entrySet()) {
            if (!one.getValue().isValueNode())
                metadata.withObjectProperty("default").set(one.getKey(), one.getValue());
        }
        ArrayNode events = Json.array();
        for (JsonNode event : span.path("events")) {
            if ("exception".equals(event.path("name").asString(""))) continue;
            ObjectNode told = new Attributes(event.path("attributes")).json();
            events.addObject()
                    .put("name", event.path("name").asString(""))
                    .put("time", seconds(number(event.path("timeUnixNano"))))
                    .set("attributes", told);
        }
        if (!events.isEmpty()) metadata.withObjectProperty("otel").set("events", events);
        ArrayNode links = Json.array();
        for (JsonNode link : span.path("links")) {
            links.addObject()
                    .put("traceId", link.path("traceId").asString(""))
                    .put("spanId", link.path("spanId").asString(""));
        }
        if (!links.isEmpty()) metadata.withObjectProperty("otel").set("links", links);
        if (scope.has("name")) metadata.withObjectProperty("otel").set("scope", scope.path("name"));
        // Once a service is enough: it is the same for all of its spans.
        if (segment && !resource.all().isEmpty()) metadata.set("resource", resource.json());
        if (!metadata.isEmpty()) document.set("metadata", metadata);
    }

    /** JSON has 64 bits as text. */
    private static long number(JsonNode value) {
        if (!value.isString()) return value.asLong(0);
        try {
            return Long.parseLong(value.stringValue());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
