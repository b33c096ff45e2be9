package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.store.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One valid segment document, or subsegment document sent alone: what the lists need, and the bytes as they came, from
 * which a trace's details are read when somebody looks.
 *
 * @param service whose document it is; null of a subsegment sent alone that does not tell
 * @param operation the name of what is done, where the document tells it beside the service's (those made of OTLP do)
 * @param start in microseconds
 * @param end in microseconds; {@link Micros#NONE} while it is in progress
 * @param spanIds of the document and all subsegments within
 * @param annotations of all of them
 * @param calls those of them that call something else
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SegmentDocument(
        String traceId,
        String id,
        @Nullable String parentId,
        boolean subsegment,
        @Nullable String service,
        String name,
        @Nullable String operation,
        long start,
        long end,
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer status,
        boolean fault,
        boolean error,
        boolean throttle,
        String[] spanIds,
        List<Annotation> annotations,
        List<PeerCall> calls,
        byte[] json) {

    /** X-Ray's limit for one document. */
    static final int MAX_BYTES = 64 * 1024;

    private static final Pattern SPAN_ID = Pattern.compile("[0-9A-Fa-f]{16}");
    private static final int MAX_NAME = 200;

    boolean inProgress() {
        return end == Micros.NONE;
    }

    /** What it costs to keep: the bytes, and the fields beside them, each with the length of its texts. */
    long weight() {
        long weight = json.length + 350L + 80L * spanIds.length;
        for (String text : Arrays.asList(parentId, service, name, operation, method, path)) weight += Texts.bytes(text);
        for (Annotation one : annotations) weight += 48 + Texts.bytes(one.key()) + Texts.bytes(one.text());
        for (PeerCall call : calls) weight += 120 + Texts.bytes(call.name());
        return weight;
    }

    /** The whole document, read anew. */
    JsonNode tree() {
        try {
            return Json.parse(json);
        } catch (Json.NotJson impossible) {
            throw new IllegalStateException("A document that was read once cannot be read again", impossible);
        }
    }

    /** @throws Rejected if X-Ray would not take it */
    static SegmentDocument parse(byte[] json) throws Rejected {
        if (json.length > MAX_BYTES) {
            throw new Rejected(null, "TooLarge", "the document is larger than " + MAX_BYTES + " bytes");
        }
        JsonNode tree;
        try {
            tree = Json.parse(json);
        } catch (Json.NotJson invalid) {
            throw new Rejected(null, "ParseError", "not JSON: " + invalid.reason());
        }
        return of(tree, json);
    }

    /**
     * @param json the same document as bytes
     * @throws Rejected if X-Ray would not take it, whatever its size
     */
    static SegmentDocument of(JsonNode tree, byte[] json) throws Rejected {
        checkSpan(tree, tree);
        String traceId = TraceId.xray(Json.text(tree, "trace_id"));
        if (traceId == null) throw invalid(tree, "trace_id must be 1-, 8 hex digits, -, 24 hex digits");
        String parentId = Json.text(tree, "parent_id");
        boolean subsegment = "subsegment".equals(Json.text(tree, "type"));
        if (subsegment && parentId == null) throw invalid(tree, "a subsegment sent alone needs a parent_id");
        long end = Micros.ofSeconds(tree.path("end_time"));
        if (end == Micros.NONE && !Json.flag(tree, "in_progress")) {
            throw invalid(tree, "it needs an end_time, or in_progress");
        }
        JsonNode request = tree.path("http").path("request");
        JsonNode status = tree.path("http").path("response").path("status");
        return new SegmentDocument(
                traceId,
                tree.path("id").stringValue(""),
                parentId,
                subsegment,
                subsegment ? Json.text(tree.path("service"), "name") : Json.text(tree, "name"),
                tree.path("name").stringValue(""),
                Json.text(tree, "span_name"),
                Micros.ofSeconds(tree.path("start_time")),
                end,
                Json.text(request, "method"),
                UrlPath.of(Json.text(request, "url")),
                status.isInt() ? Integer.valueOf(status.intValue()) : null,
                Json.flag(tree, "fault"),
                Json.flag(tree, "error"),
                Json.flag(tree, "throttle"),
                Spans.ids(tree),
                Annotation.allIn(tree),
                PeerCall.allIn(tree),
                json);
    }

    /** The rules that hold for the document and for each subsegment within it. */
    private static void checkSpan(JsonNode span, JsonNode document) throws Rejected {
        if (!span.isObject()) throw invalid(document, "a segment or subsegment must be an object");
        String id = Json.text(span, "id");
        if (id == null || !SPAN_ID.matcher(id).matches()) throw invalid(document, "id must be 16 hex digits");
        String name = Json.text(span, "name");
        if (name == null || name.length() > MAX_NAME) {
            throw invalid(document, "name must have 1 to " + MAX_NAME + " characters");
        }
        if (Micros.ofSeconds(span.path("start_time")) == Micros.NONE) {
            throw invalid(document, "start_time must be in seconds since the epoch");
        }
        JsonNode children = span.path("subsegments");
        if (!children.isMissingNode() && !children.isNull() && !children.isArray()) {
            throw invalid(document, "subsegments must be a list");
        }
        for (JsonNode child : children) checkSpan(child, document);
    }

    private static Rejected invalid(JsonNode tree, String reason) {
        return new Rejected(Json.text(tree, "id"), "ParseError", reason);
    }

    /** The document is not taken; with its id, if that much could be read. */
    static final class Rejected extends Exception {

        final @Nullable String id;
        final String code;

        Rejected(@Nullable String id, String code, String reason) {
            super(reason, null, false, false);
            this.id = id;
            this.code = code;
        }
    }
}
