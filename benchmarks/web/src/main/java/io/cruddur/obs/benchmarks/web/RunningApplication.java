package io.cruddur.obs.benchmarks.web;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The application in a process of its own. */
final class RunningApplication implements AutoCloseable {
    static final String PATH = "/api/activities/notifications";
    private static final String MAIN = "io.cruddur.obs.benchmarks.web.app.NotificationsApplication";
    private static final long START_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Process process;
    private final Path log;
    private final int port;
    private final double secondsToReady;

    /** Starts it and waits for its first answer. */
    RunningApplication(Variant variant, Path directory) throws IOException {
        port = freePort();
        log = directory.resolve(variant.label().replaceAll("[^A-Za-z0-9]+", "-") + ".log");
        var builder = new ProcessBuilder(command(variant, directory))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("OTEL_"));
        builder.environment().putAll(variant.environment());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("AWS_REGION", "eu-central-1");
        builder.environment().put("AWS_ACCESS_KEY_ID", "benchmark");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "benchmark");
        long start = System.nanoTime();
        process = builder.start();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - start > START_LIMIT_NANOS) {
                process.destroyForcibly();
                throw new IOException(variant.label() + " does not answer; see " + log);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        secondsToReady = (System.nanoTime() - start) / 1e9;
    }

    private List<String> command(Variant variant, Path directory) throws IOException {
        String classPath = Files.readString(directory.resolve(variant.classPath() + ".classpath"))
                .strip();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (variant.isAgent()) {
            for (String entry : classPath.split(File.pathSeparator, -1)) {
                if (entry.contains("opentelemetry-javaagent")) {
                    command.add("-javaagent:" + entry);
                }
            }
            classPath = Files.readString(directory.resolve("plain.classpath")).strip();
        }
        command.addAll(List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC"));
        String classes = System.getProperty("benchmark.classes");
        command.addAll(List.of("-cp", classes + File.pathSeparator + classPath, MAIN));
        command.addAll(List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                // A connection is closed after a hundred requests by default.
                "--server.tomcat.max-keep-alive-requests=-1",
                "--spring.main.banner-mode=off"));
        command.addAll(variant.arguments());
        return command;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What it has had of the processors since it was started. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    double secondsToReady() {
        return secondsToReady;
    }

    Load load() {
        return new Load(port, PATH);
    }

    /** What it said last of its traces, if it says anything. */
    String lastWords() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("Cruddur Obs closed."))
                .map(line -> line.substring(line.indexOf("Cruddur Obs closed.")))
                .reduce("", (first, last) -> last);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
