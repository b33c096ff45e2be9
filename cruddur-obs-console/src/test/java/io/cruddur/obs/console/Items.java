package io.cruddur.obs.console;

import io.cruddur.obs.console.internal.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Rollbar items as an exporter writes them. */
final class Items {

    private Items() {}

    static ObjectNode message(String uuid, String text) {
        ObjectNode data = Json.object()
                .put("environment", "test")
                .put("level", "warning")
                .put("timestamp", 1_700_000_000)
                .put("uuid", uuid);
        data.putObject("body").putObject("message").put("body", text);
        return wrapped(data);
    }

    static ObjectNode exception(String uuid, String type, String message, String method, int line) {
        ObjectNode data = Json.object()
                .put("environment", "test")
                .put("level", "error")
                .put("timestamp", 1_700_000_000)
                .put("uuid", uuid);
        ObjectNode trace = data.putObject("body").putArray("trace_chain").addObject();
        var frames = trace.putArray("frames");
        frames.addObject().put("filename", "Main.java").put("lineno", 1).put("method", "main");
        frames.addObject().put("filename", "Boom.java").put("lineno", line).put("method", method);
        trace.putObject("exception").put("class", type).put("message", message);
        return wrapped(data);
    }

    static ObjectNode inTrace(ObjectNode item, String traceId) {
        return inTrace(item, traceId, "53995c3f42cd8ad8");
    }

    static ObjectNode inTrace(ObjectNode item, String traceId, String spanId) {
        ((ObjectNode) item.path("data"))
                .putObject("custom")
                .put("traceId", traceId)
                .put("spanId", spanId);
        return item;
    }

    private static ObjectNode wrapped(ObjectNode data) {
        ObjectNode item = Json.object().put("access_token", "token-of-the-project");
        item.set("data", data);
        return item;
    }
}
