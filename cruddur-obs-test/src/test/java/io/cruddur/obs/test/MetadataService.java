package io.cruddur.obs.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for the metadata services of EC2, version 2, and of ECS, version 4, on one loopback socket. EC2's asks for
 * its token; where it is told to be slow it sends a character now and then and never comes to an end.
 */
final class MetadataService implements AutoCloseable {
    private static final String TOKEN = "a-token-of-the-stand-in";
    private static final String TOKEN_HEADER = "X-aws-ec2-metadata-token";
    private static final String DOCUMENT = "/latest/dynamic/instance-identity/document";
    private static final String INSTANCE = """
            {"accountId": "123456789012", "architecture": "arm64", "availabilityZone": "eu-central-1b",
             "billingProducts": null, "imageId": "ami-0123456789abcdef0", "instanceId": "i-0123456789abcdef0",
             "instanceType": "t4g.small", "region": "eu-central-1", "version": "2017-09-30"}""";
    private static final String CONTAINER = """
            {"DockerId": "cd189a933e5849daa93386466019ab50-2495160603", "Name": "backend",
             "Labels": {"com.amazonaws.ecs.cluster": "cruddur"}, "LogDriver": "awslogs",
             "LogOptions": {"awslogs-group": "/ecs/cruddur", "awslogs-region": "eu-central-1"},
             "ContainerARN": "arn:aws:ecs:eu-central-1:123456789012:container/cruddur/05966557"}""";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    MetadataService(boolean slow) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/latest", slow ? this::drip : this::ec2);
        server.createContext("/v4/0123", exchange -> answer(exchange, 200, CONTAINER));
        server.start();
        if (!slow) {
            warmUp();
        }
    }

    /** The SDK waits a second at most: it is not to have the first answer, which loads the classes for all others. */
    private void warmUp() throws IOException {
        for (String path : List.of(DOCUMENT, "/v4/0123")) {
            URLConnection call =
                    URI.create("http://" + address() + path).toURL().openConnection();
            call.setRequestProperty(TOKEN_HEADER, TOKEN);
            call.getInputStream().close();
        }
    }

    private String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What makes the SDK's plugin ask this for EC2's facts. */
    Map<String, String> ec2() {
        return Map.of("IMDS_ENDPOINT", address());
    }

    /** What a container of ECS finds in its environment, on an instance that answers, too. */
    Map<String, String> ecsOnEc2() {
        return Map.of("IMDS_ENDPOINT", address(), "ECS_CONTAINER_METADATA_URI_V4", "http://" + address() + "/v4/0123");
    }

    /** Waits until the slow one was asked. */
    boolean wasAsked() throws InterruptedException {
        return asked.await(20, TimeUnit.SECONDS);
    }

    private void ec2(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/latest/api/token") && exchange.getRequestMethod().equals("PUT")) {
            boolean complete = exchange.getRequestHeaders().containsKey("X-aws-ec2-metadata-token-ttl-seconds");
            answer(exchange, complete ? 200 : 400, TOKEN);
        } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
            answer(exchange, 401, "");
        } else {
            answer(exchange, path.equals(DOCUMENT) ? 200 : 404, INSTANCE);
        }
    }

    private void drip(HttpExchange exchange) throws IOException {
        asked.countDown();
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            do {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            } while (!closed.await(100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
