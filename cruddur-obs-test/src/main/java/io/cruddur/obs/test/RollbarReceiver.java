package io.cruddur.obs.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for Rollbar on a real loopback socket, which takes every item, and of those with one uuid the first, as Rollbar
 * does: point the code under test at {@link #endpoint()} and read the items that it sends. Thread-safe.
 */
public final class RollbarReceiver implements AutoCloseable {
    private static final String PATH = "/api/1/item/";
    private static final byte[] TAKEN = "{\"err\": 0, \"result\": {}}".getBytes(StandardCharsets.UTF_8);
    private static final int WAIT_SECONDS = 10;

    private final HttpServer server;
    private final BlockingQueue<JsonNode> items = new LinkedBlockingQueue<>();
    private final Set<String> uuids = ConcurrentHashMap.newKeySet();

    /** Listens on a free port of the loopback address. */
    public RollbarReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            JsonNode item = JsonMapper.shared().readTree(zipped ? new GZIPInputStream(body) : body);
            String uuid = item.at("/data/uuid").asString("");
            if (uuid.isEmpty() || uuids.add(uuid)) {
                items.add(item);
            }
            exchange.sendResponseHeaders(200, TAKEN.length);
            exchange.getResponseBody().write(TAKEN);
        }
    }

    /** What {@code ROLLBAR_ENDPOINT} would be. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /**
     * The next item's {@code data}.
     *
     * @throws SocketTimeoutException if none arrives within ten seconds
     */
    public JsonNode next() throws IOException, InterruptedException {
        JsonNode item = items.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (item == null) {
            throw new SocketTimeoutException("no item came within " + WAIT_SECONDS + " s");
        }
        return item.path("data");
    }

    /** The {@code data} of the items that arrived and were not asked for by {@link #next}, oldest first. */
    public List<JsonNode> items() {
        return items.stream().map(item -> item.path("data")).toList();
    }

    /** Whether nothing has arrived. Means something only after {@code Obs.flush}. */
    public boolean isEmpty() {
        return items.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
