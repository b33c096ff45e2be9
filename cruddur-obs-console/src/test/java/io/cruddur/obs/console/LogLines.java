package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts log lines into a console, as short as possible. */
final class LogLines {

    private final ConsoleClient client;

    LogLines(ConsoleClient client) {
        this.client = client;
        // Both may be here already.
        send("CreateLogGroup", Json.object().put("logGroupName", "g"));
        send("CreateLogStream", Json.object().put("logGroupName", "g").put("logStreamName", "s"));
    }

    void put(String... texts) {
        put(List.of(texts));
    }

    void put(List<String> texts) {
        send(body(texts));
    }

    /** The body of a call that puts these. */
    String body(List<String> texts) {
        ObjectNode request = Json.object().put("logGroupName", "g").put("logStreamName", "s");
        ArrayNode events = request.putArray("logEvents");
        long now = System.currentTimeMillis();
        for (String text : texts) events.addObject().put("timestamp", now).put("message", text);
        return request.toString();
    }

    void send(String body) {
        var reply = client.post("/", body, "X-Amz-Target", "Logs_20140328.PutLogEvents");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private ConsoleClient.Reply send(String operation, ObjectNode request) {
        return client.post("/", request.toString(), "X-Amz-Target", "Logs_20140328." + operation);
    }
}
