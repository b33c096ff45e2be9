package io.cruddur.obs.benchmarks.peer;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A stand-in for CloudWatch Logs that says yes, but keeps a caller waiting as long as it is told to. */
final class StallingService implements AutoCloseable {
    private static final byte[] YES = "{}".getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final Semaphore arrived = new Semaphore(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    StallingService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                arrived.release();
                gate.await(4, TimeUnit.SECONDS);
                exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
                exchange.sendResponseHeaders(200, YES.length);
                exchange.getResponseBody().write(YES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on who calls waits. */
    void stall() {
        gate = new CountDownLatch(1);
        arrived.drainPermits();
    }

    /** Waits until somebody does. */
    void awaitCaller() throws InterruptedException {
        if (!arrived.tryAcquire(4, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Nobody called");
        }
    }

    /** Answers whoever waits, and whoever comes. */
    void goOn() {
        gate.countDown();
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
    }
}
