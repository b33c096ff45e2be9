package io.cruddur.backend.support;

import static org.awaitility.Awaitility.await;

import io.cruddur.backend.CruddurBackend;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The application in a JVM of its own, on a free port, with an environment that holds nothing but what it is given. */
public final class BackendProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern READY = Pattern.compile("This is Cruddur app!!!");

    private final Process process;
    private final Thread reader;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private BackendProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "backend-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it and waits until it is ready. */
    public static BackendProcess start(Map<String, String> environment) throws IOException {
        // As spring-boot:run does; the figures of a long run are not what is looked at here.
        List<String> application = List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                classPath(),
                CruddurBackend.class.getName(),
                "--server.port=0");
        return start(Path.of(""), application, environment);
    }

    /**
     * Starts it from another folder, and waits until it is ready.
     *
     * @param arguments those of {@code java}
     */
    public static BackendProcess start(Path folder, List<String> arguments, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        builder.environment().putAll(environment);
        var started = new BackendProcess(builder.start());
        await("the backend to be ready").atMost(PATIENCE).until(() -> {
            started.failIfEnded();
            return started.find(READY) != null;
        });
        return started;
    }

    /** What the application has when it runs: the test's own class path without the tests. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add("(the output cannot be read: " + e + ")");
        }
    }

    public int port() {
        Matcher started = find(STARTED);
        if (started == null) {
            throw new AssertionError("no port in:\n" + String.join("\n", output));
        }
        return Integer.parseInt(started.group(1));
    }

    /** All lines that it wrote up to now, once the text is in one of them. */
    public List<String> outputWith(String text) {
        await(text).atMost(PATIENCE).until(() -> output.stream().anyMatch(line -> line.contains(text)));
        return List.copyOf(output);
    }

    /** The last line that it wrote. */
    public String lastLine() {
        return output.get(output.size() - 1);
    }

    /** The last of the lines with this text, whatever came after it. */
    public String lastLineWith(String text) {
        return output.stream()
                .filter(line -> line.contains(text))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no " + text + " in:\n" + String.join("\n", output)));
    }

    /** Sends SIGTERM; by its handle, since {@link Process#destroy} would close the stream of its last words as well. */
    public void terminate() {
        if (!process.toHandle().destroy()) {
            throw new AssertionError("it cannot be told to end");
        }
    }

    /** Waits for its end, and for the end of what it wrote. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end:\n" + String.join("\n", output));
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    private void failIfEnded() {
        if (!process.isAlive()) {
            throw new AssertionError("it ended with " + process.exitValue() + ":\n" + String.join("\n", output));
        }
    }

    private @Nullable Matcher find(Pattern pattern) {
        return output.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElse(null);
    }

    /** Ends it, if the test has not. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(late -> {
                    process.destroyForcibly();
                    return process;
                })
                .join();
    }
}
