package io.cruddur.obs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.delivery.SpoolMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of a test's own: this JVM's program and class path, another main class. Closed, it is dead. */
final class Child implements AutoCloseable {
    private final Process process;
    private final PrintWriter input;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The command of a JVM that runs the class. */
    static List<String> command(Class<?> main, String heap, String... args) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                heap,
                main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** A {@link LoggingApplication} that is given so many seconds for its end. */
    static Child logging(URI endpoint, Path spool, SpoolMode mode, String name, int seconds) throws IOException {
        return started(command(
                LoggingApplication.class,
                "-Xmx128m",
                endpoint.toString(),
                spool.toString(),
                mode.name(),
                name,
                String.valueOf(seconds)));
    }

    /** One that is told what to do and says what it did. */
    static Child started(List<String> command) throws IOException {
        return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Has it log lines; returns when it has. */
    void log(int count) throws IOException {
        assertThat(ask("log " + count)).isEqualTo("logged");
    }

    /** What it says of the law, and how often the spool refused. */
    String law() throws IOException {
        return ask("law");
    }

    /** Has it flush; what it says then. */
    String flush() throws IOException {
        return ask("flush");
    }

    private String ask(String line) throws IOException {
        input.println(line);
        String answer = output.readLine();
        assertThat(answer).as("the answer to " + line).isNotNull();
        return answer;
    }

    /** SIGTERM; returns its last line. */
    String terminate() throws IOException, InterruptedException {
        // Process.destroy would close the stream that is read below.
        process.toHandle().destroy();
        List<String> rest = output.lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(rest).isNotEmpty();
        return rest.get(rest.size() - 1);
    }

    /** SIGKILL; returns when it is dead. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
