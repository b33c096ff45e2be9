package io.cruddur.backend.support;

import static org.awaitility.Awaitility.await;

import io.cruddur.backend.support.Client.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the console's JSON API, and waits for what is on its way. */
public final class ConsoleReader {
    /** As long as a busy machine may take; a test that fails waits for it, one that passes does not. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Client client;
    private final String token;

    public ConsoleReader(int port, String token) {
        this.client = new Client(port);
        this.token = token;
    }

    /** The trace, once its segment has ended; a log line or an error of it may be there long before. */
    public JsonNode trace(String id) {
        return await("the segment of trace " + id)
                .atMost(PATIENCE)
                .until(() -> ask("/api/traces/" + id).json(), ConsoleReader::hasEnded);
    }

    private static boolean hasEnded(JsonNode trace) {
        return trace.path("spans")
                .valueStream()
                .anyMatch(span -> span.path("kind").asString("").equals("segment")
                        && !span.path("inProgress").asBoolean(false));
    }

    /** The traces that fit the filter, newest first. */
    public List<JsonNode> traces(String filter) {
        return list("/api/traces?limit=2000&filter=" + encoded(filter), "traces");
    }

    /** All traces, once there are as many as that. */
    public List<JsonNode> traces(long count) {
        return await(count + " traces").atMost(PATIENCE).until(() -> traces(""), traces -> traces.size() >= count);
    }

    /** The log lines of a trace, once each of these texts is in one of them. */
    public List<JsonNode> logs(String traceId, String... texts) {
        return await("log lines of trace " + traceId + " with " + List.of(texts))
                .atMost(PATIENCE)
                .until(
                        () -> list("/api/logs?trace=" + traceId, "logs"),
                        lines -> Stream.of(texts).allMatch(text -> isIn(lines, text)));
    }

    private static boolean isIn(List<JsonNode> lines, String text) {
        return lines.stream().anyMatch(line -> line.path("message").asString("").contains(text));
    }

    /** The log lines in which the text occurs, once there is one. */
    public List<JsonNode> logsWith(String text) {
        return await("a log line with " + text)
                .atMost(PATIENCE)
                .until(() -> list("/api/logs?q=" + encoded(text), "logs"), lines -> !lines.isEmpty());
    }

    /** All log lines that are there now. */
    public List<JsonNode> logs() {
        return list("/api/logs?limit=20000", "logs");
    }

    /** The error groups that are there now. */
    public List<JsonNode> errors() {
        return list("/api/errors", "errors");
    }

    /** The error groups that are wanted, once there is one. */
    public List<JsonNode> errors(Predicate<JsonNode> wanted) {
        return await("an error")
                .atMost(PATIENCE)
                .until(() -> errors().stream().filter(wanted).toList(), groups -> !groups.isEmpty());
    }

    private List<JsonNode> list(String path, String name) {
        var list = new ArrayList<JsonNode>();
        ask(path).json().path(name).forEach(list::add);
        return list;
    }

    private Reply ask(String path) {
        return client.get(path, "Authorization", "Bearer " + token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
