package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of the tests' class path in a process of its own, which is told by its input what to do. */
final class ChildProcess implements AutoCloseable {
    private static final int LONGEST_SECONDS = 90;

    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;

    /** Starts it with more variables; nothing that says where this one runs is handed on. */
    ChildProcess(Class<?> program, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("ECS_"));
        builder.environment().putAll(environment);
        process = builder.start();
        // What is read from it does not end by itself if it hangs.
        CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        input = process.outputWriter();
        output = process.inputReader();
    }

    /** Tells it something, and gives what it answers: its first line that begins so, without that. */
    String ask(String line, String answer) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
        return await(answer);
    }

    private String await(String beginning) throws IOException {
        var before = new ArrayList<String>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length()).strip();
            }
            before.add(line);
        }
        throw new AssertionError("it ended without " + beginning + ": " + before);
    }

    /** Ends its input, and waits until it has ended by itself. */
    void end() throws IOException, InterruptedException {
        input.close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
