package io.cruddur.obs.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in for X-Ray's PutTraceSegments on a real loopback socket, as the daemon's TCP port offers it: a call of more than
 * 50 documents is refused, and a document that is too long or breaks the schema is named as unprocessed, as the service
 * does. Point the code under test at {@link #address()} or {@link #endpoint()}. Thread-safe.
 */
public final class SegmentsReceiver implements AutoCloseable {
    private static final int MAX_DOCUMENTS = 50;
    private static final int MAX_BYTES = 64 * 1_024;

    private final HttpServer server;
    private final List<JsonNode> documents = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Function<JsonNode, @Nullable String> unprocessed = document -> null;

    /** Listens on a free port of the loopback address. */
    public SegmentsReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, 404, "{\"message\":\"no such path\"}"));
        server.createContext("/TraceSegments", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        JsonNode sent = JsonMapper.shared().readTree(exchange.getRequestBody()).path("TraceSegmentDocuments");
        if (!sent.isArray() || sent.size() > MAX_DOCUMENTS) {
            answer(exchange, 400, "{\"__type\":\"InvalidRequestException\",\"message\":\"1 to 50 documents\"}");
            return;
        }
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        ArrayNode refused = answer.putArray("UnprocessedTraceSegments");
        for (JsonNode document : sent) {
            take(document.asString(), refused);
        }
        answer(exchange, 200, answer.toString());
    }

    private void take(String text, ArrayNode refused) {
        JsonNode document;
        try {
            document = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            refused.addObject().put("ErrorCode", "ParseError").put("Message", "not JSON");
            return;
        }
        String word = unprocessed.apply(document);
        if (word == null && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            word = "DocumentTooLarge";
        }
        if (word == null && !SegmentSchema.errors(document).isEmpty()) {
            word = "InvalidDocument";
        }
        if (word == null) {
            documents.add(document);
        } else {
            refused.addObject().put("Id", document.path("id").asString()).put("ErrorCode", word);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** From now on the documents to which the function gives a word are unprocessed, under that word. */
    public void unprocessed(Function<JsonNode, @Nullable String> word) {
        unprocessed = word;
    }

    /** What {@code AWS_XRAY_DAEMON_ADDRESS} would be; nobody listens for datagrams there. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What {@code AWS_ENDPOINT_URL_XRAY} would be. */
    public URI endpoint() {
        return URI.create("http://" + address());
    }

    /** The documents that were taken, in the order in which they came. */
    public List<JsonNode> documents() {
        synchronized (documents) {
            return List.copyOf(documents);
        }
    }

    /** How many calls came. */
    public int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
