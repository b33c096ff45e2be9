package io.cruddur.obs.xray.sdk;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** An HTTP server on a free loopback port that gives one body to all, and keeps the trace headers that it got. */
public final class Loopback implements AutoCloseable {
    private final HttpServer server;
    private final List<String> traceHeaders = Collections.synchronizedList(new ArrayList<>());

    public Loopback(int status, String body) throws IOException {
        this(body, status);
    }

    /** One that gives the statuses in their order, and the last for all that come after. */
    public Loopback(String body, Integer... statuses) throws IOException {
        var left = new ConcurrentLinkedDeque<>(List.of(statuses));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            traceHeaders.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"))
                    .orElse("none"));
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("x-amzn-RequestId", "request-1");
            int status = left.size() > 1 ? left.removeFirst() : left.getFirst();
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** In the order in which the requests came; {@code none} for one without. */
    public List<String> traceHeaders() {
        return List.copyOf(traceHeaders);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
