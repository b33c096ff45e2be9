package io.cruddur.obs.console.internal.error;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.PlainText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An item as the page draws it: what it takes for texts and lists are such, whatever else may stand in the item. */
final class LatestItem {

    private LatestItem() {}

    static JsonNode of(byte[] data) {
        JsonNode item;
        try {
            item = Json.parse(data);
        } catch (Json.NotJson impossible) {
            throw new IllegalStateException("An item that was written as JSON is none", impossible);
        }
        if (item.path("body") instanceof ObjectNode body) tidy(body);
        return item;
    }

    private static void tidy(ObjectNode body) {
        if (body.path("trace_chain") instanceof ArrayNode chain && !chain.isEmpty()) {
            for (int i = chain.size() - 1; i >= 0; i--) {
                if (chain.path(i) instanceof ObjectNode trace) tidyTrace(trace);
                else chain.remove(i);
            }
        } else {
            body.remove("trace_chain");
        }
        if (body.path("trace") instanceof ObjectNode trace) tidyTrace(trace);
        else body.remove("trace");
        if (body.path("message").isObject()) PlainText.at(body.path("message"), "body");
        else body.remove("message");
    }

    private static void tidyTrace(ObjectNode trace) {
        if (trace.path("exception").isObject()) PlainText.at(trace.path("exception"), "class", "message");
        else trace.remove("exception");
        if (trace.has("frames")) PlainText.framesAt(trace, "frames");
    }
}
