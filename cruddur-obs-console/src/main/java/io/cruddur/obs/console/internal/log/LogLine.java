package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One log event: its text as it came, and what the lists filter by. A JSON text is read by its keys, any other is the
 * message.
 *
 * @param number in the order of arrival, 0 until it is stored
 * @param timestamp of the event, in milliseconds
 * @param ingested in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LogLine(
        long number,
        String group,
        String stream,
        long timestamp,
        long ingested,
        Level level,
        @Nullable String traceId,
        byte[] utf8) {

    /** Keys whose texts have a place of their own; what is no text there, and all others, go to the fields. */
    private static final Set<String> KNOWN =
            Set.of("timestamp", "level", "message", "traceId", "xrayTraceId", "spanId", "logger", "thread");

    /** Objects of more keys. */
    private static final Set<String> NESTED = Set.of("fields", "mdc");

    private static final Set<String> LISTED = Set.of("level", "traceId", "xrayTraceId");

    /** Before the name of a field whose own is taken by a key of the line itself. */
    static final String AMONG_FIELDS = "fields.";

    private static final Set<String> PLAIN = Set.of("service", "environment", "eventId", "exception");

    static LogLine of(String group, String stream, long timestamp, long ingested, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Map<String, String> json = listed(utf8);
        Level level = json == null ? Level.INFO : Level.of(json.get("level"));
        String traceId = json == null ? TraceId.findIn(text) : traceId(json);
        return new LogLine(0, group, stream, timestamp, ingested, level, traceId, utf8);
    }

    LogLine numbered(long number) {
        return new LogLine(number, group, stream, timestamp, ingested, level, traceId, utf8);
    }

    String text() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** What it costs to keep. */
    long weight() {
        return utf8.length + 250L;
    }

    /** The line as the page shows it. */
    ObjectNode row() {
        JsonNode json = json(utf8);
        ObjectNode row = Json.object();
        long precise = json == null ? Micros.NONE : Micros.parse(Json.text(json, "timestamp"));
        row.put("timestamp", Micros.iso(precise == Micros.NONE ? Micros.ofMillis(timestamp) : precise))
                .put("level", level.name())
                .put("logger", json == null ? null : Json.text(json, "logger"))
                .put("thread", json == null ? null : Json.text(json, "thread"))
                .put("message", json == null ? text() : json.path("message").stringValue(""))
                .put("traceId", traceId)
                .put("spanId", json == null ? null : Json.text(json, "spanId"))
                .put("group", group)
                .put("stream", stream);
        ObjectNode fields = row.putObject("fields");
        if (json != null) addRest(json, row, fields);
        return row;
    }

    private static void addRest(JsonNode json, ObjectNode row, ObjectNode fields) {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isString() && PLAIN.contains(key)) row.set(key, value);
            else if (!(value.isString() && KNOWN.contains(key)) && !(value.isObject() && NESTED.contains(key)))
                fields.set(key, value);
        }
        for (Map.Entry<String, JsonNode> own : json.path("fields").properties()) {
            // Beside a key of the line itself, under a name that tells them apart: neither may vanish.
            String key = fields.has(own.getKey()) ? AMONG_FIELDS + own.getKey() : own.getKey();
            fields.set(key, own.getValue());
        }
        if (json.path("mdc").isObject()) row.set("mdc", json.path("mdc"));
    }

    private static @Nullable String traceId(Map<String, String> json) {
        String xray = TraceId.xray(json.get("xrayTraceId"));
        return xray != null ? xray : TraceId.xray(json.get("traceId"));
    }

    /** What the lists filter by; null of a text that is no JSON object. */
    private static @Nullable Map<String, String> listed(byte[] utf8) {
        if (utf8.length == 0 || utf8[0] != '{') return null;
        try {
            return Json.texts(utf8, LISTED);
        } catch (Json.NotJson plainText) {
            return null;
        }
    }

    /** Null of a text that is no JSON object. */
    @Nullable JsonNode json() {
        return json(utf8);
    }

    private static @Nullable JsonNode json(byte[] utf8) {
        if (utf8.length == 0 || utf8[0] != '{') return null;
        try {
            JsonNode json = Json.parse(utf8);
            return json.isObject() ? json : null;
        } catch (Json.NotJson plainText) {
            return null;
        }
    }
}
