package io.cruddur.obs.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Segment documents put together as X-Ray does it: a subsegment that was sent apart goes under its parent, and what is
 * sent again replaces what was there. Immutable.
 */
public final class CapturedTraces {
    private final List<CapturedSpan> roots;
    private final List<CapturedSpan> orphans;
    private final List<CapturedSpan> all;

    private CapturedTraces(List<CapturedSpan> roots, List<CapturedSpan> orphans, List<CapturedSpan> all) {
        this.roots = List.copyOf(roots);
        this.orphans = List.copyOf(orphans);
        this.all = List.copyOf(all);
    }

    /** Puts the documents together, in the order in which they came. */
    public static CapturedTraces of(List<JsonNode> documents) {
        Map<String, CapturedSpan> byId = new LinkedHashMap<>();
        for (JsonNode document : documents) {
            collect(document, byId);
        }
        var roots = new ArrayList<CapturedSpan>();
        var orphans = new ArrayList<CapturedSpan>();
        for (CapturedSpan span : byId.values()) {
            CapturedSpan parent = span.parentId().map(byId::get).orElse(null);
            boolean segment = span.document().path("type").isMissingNode()
                    && span.document().has("trace_id");
            if (parent != null) {
                parent.add(span);
            } else if (segment) {
                roots.add(span);
            } else {
                orphans.add(span);
            }
        }
        return new CapturedTraces(roots, orphans, List.copyOf(byId.values()));
    }

    private record Placed(
            JsonNode document, String traceId, @Nullable String parentId) {}

    private static void collect(JsonNode top, Map<String, CapturedSpan> byId) {
        Deque<Placed> left = new ArrayDeque<>();
        String traceId = top.path("trace_id").asString("");
        left.add(new Placed(top, traceId, top.path("parent_id").asString(null)));
        while (!left.isEmpty()) {
            Placed next = left.pop();
            String id = next.document.path("id").asString("");
            byId.put(id, new CapturedSpan(next.document, traceId, next.parentId));
            for (JsonNode child : next.document.path("subsegments")) {
                left.add(new Placed(child, traceId, id));
            }
        }
    }

    /** The spans with which this process entered a trace, in the order in which they were sent. */
    public List<CapturedSpan> roots() {
        return roots;
    }

    /** Spans whose parent should be in this process and was not sent. */
    public List<CapturedSpan> orphans() {
        return orphans;
    }

    /** All of them, in no order that means anything. */
    public List<CapturedSpan> spans() {
        return all;
    }

    /** Those of the given name. */
    public List<CapturedSpan> named(String name) {
        return all.stream().filter(span -> span.name().equals(name)).toList();
    }

    @Override
    public String toString() {
        return roots + (orphans.isEmpty() ? "" : " and orphaned " + orphans);
    }
}
