package io.cruddur.backend.support;

import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Finds spans in a trace as the console tells it. */
public final class Spans {
    private Spans() {}

    public static JsonNode segment(JsonNode trace) {
        return only(trace, "kind", "segment");
    }

    public static JsonNode named(JsonNode trace, String name) {
        return only(trace, "name", name);
    }

    private static JsonNode only(JsonNode trace, String key, String value) {
        var found = StreamSupport.stream(trace.path("spans").spliterator(), false)
                .filter(span -> value.equals(span.path(key).asString("")))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("not one span whose " + key + " is " + value + ": " + trace.toPrettyString());
        }
        return found.get(0);
    }
}
