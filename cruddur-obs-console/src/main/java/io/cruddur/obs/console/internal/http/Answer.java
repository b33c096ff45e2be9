package io.cruddur.obs.console.internal.http;

import io.cruddur.obs.console.internal.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What goes back: a status, headers, and a body that is either whole or written bit by bit. */
public record Answer(int status, Map<String, String> headers, Body body) {

    private static final String JSON = "application/json";

    /** Writes the body. A body of known size should be one write. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException, InterruptedException;

        /** Called once when the answer is over: written, broken off, or not even begun. */
        default void done() {}
    }

    public static Answer json(int status, JsonNode tree) {
        return json(status, JSON, tree);
    }

    public static Answer json(int status, String contentType, JsonNode tree) {
        return bytes(status, contentType, Json.bytes(tree));
    }

    public static Answer ok(JsonNode tree) {
        return json(200, tree);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), out -> {});
    }

    public static Answer bytes(int status, String contentType, byte[] bytes) {
        return new Answer(
                status,
                Map.of("Content-Type", contentType, "Content-Length", Integer.toString(bytes.length)),
                out -> out.write(bytes));
    }

    public static Answer stream(String contentType, Body body) {
        return new Answer(200, Map.of("Content-Type", contentType), body);
    }

    public Answer with(String name, String value) {
        return with(Map.of(name, value));
    }

    Answer with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Answer(status, Map.copyOf(all), body);
    }
}
