package io.cruddur.obs.benchmarks.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Where telemetry goes: a datagram's port, and an HTTP port that is content with all. Both throw away what they get. */
final class Sinks implements AutoCloseable {
    private final DatagramChannel datagrams;
    private final HttpServer http;
    private final LongAdder received = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    Sinks() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        datagrams = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20)
                .bind(new InetSocketAddress(loopback, 0));
        var reader = new Thread(this::read, "datagrams");
        reader.setDaemon(true);
        reader.start();
        http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        http.setExecutor(Executors.newFixedThreadPool(2, task -> {
            var thread = new Thread(task, "http sink");
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                count(body.readAllBytes().length);
            }
            byte[] answer = "{}".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        try {
            while (true) {
                buffer.clear();
                datagrams.receive(buffer);
                count(buffer.position());
            }
        } catch (IOException e) {
            // It is closed.
            return;
        }
    }

    private void count(long length) {
        received.increment();
        bytes.add(length);
    }

    int udpPort() throws IOException {
        return ((InetSocketAddress) datagrams.getLocalAddress()).getPort();
    }

    int httpPort() {
        return http.getAddress().getPort();
    }

    /** Datagrams and requests, and their bytes. */
    String received() {
        return String.format(Locale.ROOT, "%,d messages, %,d kB", received.sum(), bytes.sum() / 1_000);
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        datagrams.close();
    }
}
