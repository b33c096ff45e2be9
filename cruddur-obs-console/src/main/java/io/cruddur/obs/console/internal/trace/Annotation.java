package io.cruddur.obs.console.internal.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One annotation as filters compare it.
 *
 * @param text of any value
 * @param number NaN if the value is none
 */
record Annotation(String key, String text, double number) {

    /** Of one document; X-Ray itself indexes 50 of a trace. */
    private static final int MAX = 200;

    /** Of a document and all subsegments within. */
    static List<Annotation> allIn(JsonNode document) {
        List<Annotation> found = new ArrayList<>();
        collect(document, found);
        return List.copyOf(found);
    }

    private static void collect(JsonNode span, List<Annotation> found) {
        for (Map.Entry<String, JsonNode> entry : span.path("annotations").properties()) {
            JsonNode value = entry.getValue();
            if (found.size() == MAX) return;
            if (!value.isValueNode()) continue;
            double number = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
            found.add(new Annotation(entry.getKey(), value.asString(""), number));
        }
        for (JsonNode child : span.path("subsegments")) collect(child, found);
    }
}
