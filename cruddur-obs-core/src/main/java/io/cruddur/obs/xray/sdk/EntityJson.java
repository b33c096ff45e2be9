package io.cruddur.obs.xray.sdk;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.trace.SpanNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An entity as JSON, for code that looks at one. What is sent is written elsewhere, when the span has ended. */
final class EntityJson {
    private static final double MICROS = 1e6;

    private EntityJson() {}

    static String of(EntityData entity) {
        SpanNode node = entity.node;
        if (node == null) {
            return "";
        }
        var json = new JsonBuffer();
        json.beginObject().field("name", entity.getName()).field("id", entity.getId());
        json.field("trace_id", entity.getTraceId().toString());
        json.key("start_time").number(node.startEpochMicros() / MICROS);
        if (entity.isInProgress()) {
            json.flag("in_progress");
        } else {
            json.key("end_time").number(entity.getEndTime());
        }
        json.field("namespace", entity.getNamespace());
        put(json, "annotations", entity.getAnnotations());
        put(json, "metadata", entity.getMetadata());
        put(json, "http", entity.getHttp());
        put(json, "aws", entity.getAws());
        put(json, "sql", entity.getSql());
        json.endObject();
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void put(JsonBuffer json, String key, Map<String, ?> values) {
        if (!values.isEmpty()) {
            json.key(key).value(CapturedValue.of(values));
        }
    }
}
