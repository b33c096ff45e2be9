package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A console in a JVM of its own, on a free port. */
final class ConsoleProcess implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("http://localhost:(\\d+)/\\?token=(.*)");

    private final long start = System.nanoTime();
    private final Process process;
    private final BufferedReader printed;
    private final int port;
    private final String token;

    /** @param arguments of {@code java}, up to the main class or the jar */
    ConsoleProcess(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        command.add("--port=0");
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        printed = process.inputReader(StandardCharsets.UTF_8);
        Matcher url = URL.matcher(String.valueOf(printed.readLine()));
        assertThat(url.find()).as("it prints its URL").isTrue();
        port = Integer.parseInt(url.group(1));
        token = url.group(2);
    }

    /** The whole answer, with its head. */
    String get(String path) throws IOException {
        return RawHttp.exchange(
                port,
                "GET " + path + " HTTP/1.1",
                "Host: localhost:" + port,
                "Authorization: Bearer " + token,
                "Connection: close");
    }

    double millisSinceItsStart() {
        return (System.nanoTime() - start) / 1e6;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        printed.close();
    }
}
