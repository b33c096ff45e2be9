package io.cruddur.obs.console;

import io.cruddur.obs.console.internal.json.Json;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Segment documents as an exporter writes them. */
final class Documents {

    static final String TRACE = "1-5759e988-bd862e3fe1be46a994272793";
    static final String W3C = "5759e988bd862e3fe1be46a994272793";

    private Documents() {}

    /** An id of 16 digits that ends with the number. */
    static String id(int number) {
        return String.format("%016x", number);
    }

    static String trace(int number) {
        return String.format("1-5759e988-%024x", number);
    }

    static ObjectNode span(String id, String name, double start, double end) {
        return Json.object()
                .put("id", id)
                .put("name", name)
                .put("start_time", start)
                .put("end_time", end);
    }

    static ObjectNode segment(String id, String name, double start, double end) {
        return span(id, name, start, end).put("trace_id", TRACE);
    }

    static ObjectNode subsegment(String id, String parent, String name, double start, double end) {
        return segment(id, name, start, end).put("type", "subsegment").put("parent_id", parent);
    }

    static ObjectNode inProgress(ObjectNode document) {
        document.remove("end_time");
        return document.put("in_progress", true);
    }

    /** The request of the story: a segment with two nested subsegments, an annotation and metadata. */
    static ObjectNode notifications() {
        ObjectNode root = segment(id(1), "backend-flask", 1700000000.000001, 1700000000.250001);
        ObjectNode http = root.putObject("http");
        http.putObject("request")
                .put("method", "GET")
                .put("url", "http://localhost:4567/api/activities/notifications?user=a");
        http.putObject("response").put("status", 200);
        ObjectNode outer = span(id(2), "notifications_activities", 1700000000.01, 1700000000.2);
        outer.putObject("annotations").put("URI", "/api/activities/notifications");
        ObjectNode inner = span(id(3), "returning_mock_data", 1700000000.02, 1700000000.1);
        inner.putObject("metadata")
                .putObject("default")
                .putObject("notification results")
                .put("number", 1);
        outer.putArray("subsegments").add(inner);
        root.putArray("subsegments").add(outer);
        return root;
    }

    static String put(ObjectNode... documents) {
        return put(List.of(documents));
    }

    /** The body of {@code POST /TraceSegments}. */
    static String put(Collection<ObjectNode> documents) {
        ObjectNode body = Json.object();
        ArrayNode texts = body.putArray("TraceSegmentDocuments");
        documents.forEach(document -> texts.add(document.toString()));
        return body.toString();
    }
}
