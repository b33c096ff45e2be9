package io.cruddur.obs.console.internal.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of one trace as the service answers them: what was sent alone stands within the segment it belongs to.
 *
 * <p>That far only as programs can read it with the limits that their JSON parsers have: a chain of subsegments that were
 * sent alone can be as long as the trace is. What would lie deeper stays a document of its own, and so does one of a
 * circle of documents.
 */
final class Joined {

    /** Levels of JSON: half as many spans. Jackson, here and in its users, reads 500. */
    private static final int MAX_DEPTH = 450;

    /** From a span to one within it: the list and the span. */
    private static final int LEVELS = 2;

    /** A document that was sent, its deepest level, and the level of its own first span once it is known. */
    private static final class Sent {

        final SegmentDocument document;
        final ObjectNode tree;
        int deepest;
        int level = UNKNOWN;

        Sent(SegmentDocument document) {
            this.document = document;
            this.tree = (ObjectNode) document.tree();
        }
    }

    /** A span, the level of it within its document, and that document. */
    private record Place(ObjectNode span, int level, Sent sent) {}

    private static final int UNKNOWN = -1;
    private static final int BEING_LOOKED_FOR = -2;

    private final Map<String, Place> bySpan = new HashMap<>();

    private Joined() {}

    static List<JsonNode> of(List<SegmentDocument> documents) {
        return new Joined().segments(documents);
    }

    private List<JsonNode> segments(List<SegmentDocument> documents) {
        List<Sent> all = new ArrayList<>();
        for (SegmentDocument document : documents) {
            Sent sent = new Sent(document);
            collect(sent.tree, 1, sent);
            sent.deepest = depth(sent.tree);
            all.add(sent);
        }
        for (Sent sent : all) findLevel(sent);
        List<JsonNode> segments = new ArrayList<>();
        for (Sent sent : all) {
            Place parent = sent.level == 1 ? null : parentOf(sent);
            if (parent == null) segments.add(sent.tree);
            else parent.span.withArrayProperty("subsegments").add(sent.tree);
        }
        return segments;
    }

    private void collect(ObjectNode span, int level, Sent sent) {
        bySpan.putIfAbsent(span.path("id").asString(""), new Place(span, level, sent));
        for (JsonNode child : span.path("subsegments")) {
            if (child instanceof ObjectNode object) collect(object, level + LEVELS, sent);
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            if (child.isContainer()) deepest = Math.max(deepest, depth(child));
        }
        return deepest + 1;
    }

    /** Up to a document whose level is known, and down again: without recursion, a chain may be long. */
    private void findLevel(Sent start) {
        Deque<Sent> chain = new ArrayDeque<>();
        Sent at = start;
        while (at.level == UNKNOWN) {
            chain.push(at);
            at.level = BEING_LOOKED_FOR;
            Place parent = parentOf(at);
            if (parent != null) at = parent.sent;
        }
        while (!chain.isEmpty()) {
            Sent next = chain.pop();
            Place parent = parentOf(next);
            int level = parent == null || parent.sent.level == BEING_LOOKED_FOR
                    ? 1
                    : parent.sent.level + parent.level - 1 + LEVELS;
            next.level = level + next.deepest - 1 <= MAX_DEPTH ? level : 1;
        }
    }

    private @Nullable Place parentOf(Sent sent) {
        SegmentDocument document = sent.document;
        return document.subsegment() && document.parentId() != null ? bySpan.get(document.parentId()) : null;
    }
}
