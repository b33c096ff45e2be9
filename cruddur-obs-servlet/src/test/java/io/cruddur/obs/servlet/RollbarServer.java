package io.cruddur.obs.servlet;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Rollbar would have got. */
final class RollbarServer implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<JsonNode> items = new LinkedBlockingQueue<>();

    RollbarServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/1/item/", exchange -> {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream in = exchange.getRequestBody()) {
                items.add(JsonMapper.shared().readTree(zipped ? new GZIPInputStream(in) : in));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/1/item/");
    }

    BlockingQueue<JsonNode> items() {
        return items;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
