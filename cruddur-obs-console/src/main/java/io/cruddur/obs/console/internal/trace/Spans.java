package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.json.PlainText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of one trace as a flat list of spans, each with the id of its parent, in the order of their start.
 *
 * <p>A span can come twice: within its segment, and alone because it was sent early; in progress, and ended. The one
 * that has ended wins.
 */
final class Spans {

    /** One segment or subsegment where it was found. */
    private record Found(JsonNode span, @Nullable String parentId, boolean segment) {

        String id() {
            return span.path("id").stringValue("");
        }

        boolean ended() {
            return !span.path("end_time").isMissingNode();
        }
    }

    private final Map<String, Found> byId = new LinkedHashMap<>();
    private final Map<String, JsonNode> exceptionsById = new HashMap<>();

    /** What was found out once is not looked for again: a chain of spans may be thousands long. */
    private final Map<String, @Nullable String> services = new HashMap<>();

    private Spans() {}

    static ArrayNode of(Collection<JsonNode> documents) {
        Spans spans = new Spans();
        for (JsonNode document : documents) {
            boolean segment = !"subsegment".equals(Json.text(document, "type"));
            spans.collect(new Found(document, Json.text(document, "parent_id"), segment));
        }
        return spans.rows();
    }

    /** The ids of a document and of all subsegments within it. */
    static String[] ids(JsonNode document) {
        List<String> ids = new ArrayList<>();
        collectIds(document, ids);
        return ids.toArray(String[]::new);
    }

    private static void collectIds(JsonNode span, List<String> ids) {
        ids.add(span.path("id").stringValue(""));
        for (JsonNode child : span.path("subsegments")) collectIds(child, ids);
    }

    private void collect(Found found) {
        byId.merge(found.id(), found, (before, now) -> before.ended() && !now.ended() ? before : now);
        for (JsonNode exception : found.span.path("cause").path("exceptions")) {
            String id = Json.text(exception, "id");
            if (id != null) exceptionsById.put(id, exception);
        }
        for (JsonNode child : found.span.path("subsegments")) collect(new Found(child, found.id(), false));
    }

    private ArrayNode rows() {
        ArrayNode rows = Json.array();
        byId.values().stream()
                .sorted(Comparator.comparingLong(found -> Micros.ofSeconds(found.span.path("start_time"))))
                .forEach(found -> rows.add(row(found)));
        return rows;
    }

    private ObjectNode row(Found found) {
        JsonNode span = found.span;
        long start = Micros.ofSeconds(span.path("start_time"));
        long end = Micros.ofSeconds(span.path("end_time"));
        ObjectNode row = Json.object()
                .put("id", found.id())
                .put("parentId", found.parentId)
                .put("name", name(span))
                .put("kind", found.segment ? "segment" : "subsegment")
                .put("namespace", Json.text(span, "namespace"))
                .put("service", service(found))
                .put("startTime", Micros.iso(start))
                .put("endTime", Micros.iso(end))
                .put("durationMs", end == Micros.NONE ? null : Double.valueOf((end - start) / 1e3))
                .put("inProgress", end == Micros.NONE)
                .put("fault", Json.flag(span, "fault"))
                .put("error", Json.flag(span, "error"))
                .put("throttle", Json.flag(span, "throttle"));
        row.set("annotations", PlainText.flat(span.path("annotations")));
        row.set("metadata", objectOrEmpty(span.path("metadata")));
        for (String block : List.of("http", "sql", "aws")) {
            JsonNode content = span.path(block);
            if (content.isObject()) row.set(block, plain(content));
            else row.putNull(block);
        }
        row.set("exceptions", exceptions(span.path("cause")));
        return row;
    }

    /** The documents stay as they came: they are shown as well. */
    private static JsonNode plain(JsonNode block) {
        JsonNode copy = block.deepCopy();
        PlainText.at(copy.path("request"), "method", "url", "user_agent", "client_ip");
        PlainText.orNumberAt(copy.path("response"), "status");
        PlainText.at(copy, "sanitized_query", "operation");
        return copy;
    }

    /** The name of the segment it belongs to: a subsegment sent alone seldom tells more than its parent. */
    private @Nullable String service(Found found) {
        List<String> below = new ArrayList<>();
        Found at = found;
        String service = null;
        while (at != null && service == null && !services.containsKey(at.id())) {
            service = at.segment ? Json.text(at.span, "name") : Json.text(at.span.path("service"), "name");
            below.add(at.id());
            // Until it is known: so a circle of spans comes to an end.
            services.put(at.id(), null);
            at = at.segment || at.parentId == null ? null : byId.get(at.parentId);
        }
        if (at != null && service == null) service = services.get(at.id());
        for (String id : below) services.put(id, service);
        return service;
    }

    private static String name(JsonNode span) {
        String own = Json.text(span, "span_name");
        return own != null ? own : span.path("name").stringValue("");
    }

    /** A cause is either the exceptions themselves or the id of one that another span of the trace carries. */
    private ArrayNode exceptions(JsonNode cause) {
        ArrayNode rows = Json.array();
        if (cause.isString()) {
            JsonNode elsewhere = exceptionsById.get(cause.stringValue());
            if (elsewhere != null) rows.add(exception(elsewhere));
        }
        for (JsonNode exception : cause.path("exceptions")) rows.add(exception(exception));
        return rows;
    }

    private static ObjectNode exception(JsonNode told) {
        if (!(told.deepCopy() instanceof ObjectNode exception))
            return Json.object().put("message", PlainText.of(told));
        PlainText.at(exception, "id", "type", "message");
        PlainText.framesAt(exception, "stack");
        return exception;
    }

    private static JsonNode objectOrEmpty(JsonNode node) {
        return node.isObject() ? node : Json.object();
    }
}
