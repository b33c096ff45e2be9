package io.cruddur.obs.benchmarks.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A closed loop: each connection asks again when it has its answer, or at its pace if that is later. */
final class Load {
    private static final int CONNECTIONS = 8;
    private static final int MAX_SAMPLES = 4_000_000;

    /** Requests, how many a second, and how long the 99th of a hundred took. */
    record Result(int requests, double perSecond, double p99Micros) {}

    private final int port;
    private final byte[] request;

    Load(int port, String path) {
        this.port = port;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Runs it.
     *
     * @param perSecond all connections together; 0 for as many as there are answers
     */
    Result run(double seconds, double perSecond) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            long pause = perSecond == 0 ? 0 : (long) (1e9 * CONNECTIONS / perSecond);
            List<Future<int[]>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(threads.submit(() -> connection(end, pause)));
            }
            int[] all = new int[0];
            for (Future<int[]> each : running) {
                int[] nanos = each.get(60 + (long) seconds, TimeUnit.SECONDS);
                int before = all.length;
                all = Arrays.copyOf(all, before + nanos.length);
                System.arraycopy(nanos, 0, all, before, nanos.length);
            }
            Arrays.sort(all);
            return new Result(all.length, all.length / seconds, all[(int) (all.length * 0.99)] / 1e3);
        } finally {
            threads.shutdownNow();
        }
    }

    private int[] connection(long end, long pause) throws IOException {
        int[] nanos = new int[1024];
        int count = 0;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
            long next = System.nanoTime();
            for (long start = next; start < end && count < MAX_SAMPLES; start = System.nanoTime()) {
                out.write(request);
                readAnswer(in);
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = (int) (System.nanoTime() - start);
                next += pause;
                while (pause > 0 && System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        }
        return Arrays.copyOf(nanos, count);
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("Answered: " + status);
        }
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
            return;
        }
        for (int chunk = chunk(in); chunk > 0; chunk = chunk(in)) {
            in.skipNBytes(chunk + 2L);
        }
        in.skipNBytes(2);
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) {
        try {
            var text = new StringBuilder(64);
            for (int c = in.read(); c != '\r'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("The connection was closed");
                }
                text.append((char) c);
            }
            in.skipNBytes(1);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
