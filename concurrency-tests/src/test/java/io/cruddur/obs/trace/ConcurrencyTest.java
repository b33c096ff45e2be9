package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs jcstress, which wants a JVM of its own, over every test in this package. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ConcurrencyTest {
    /** One compiler for all: the common one. The flags are here to keep jcstress from trying each of its own. */
    private static final List<String> SHORT = List.of("-jvmArgs", "-Xmx256m", "-f", "1", "-iters", "1", "-time", "400");

    private static final List<String> THOROUGH = List.of("-f", "1", "-iters", "3", "-time", "1000");

    @Test
    void noInterleavingLosesOrDoublesASpan(@TempDir Path results) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main"));
        command.addAll(List.of("-r", results.toString(), "-sc", "false"));
        command.addAll(Boolean.getBoolean("thorough") ? THOROUGH : SHORT);
        Path output = results.resolve("output.txt");
        Process jcstress = new ProcessBuilder(command)
                .directory(results.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = jcstress.waitFor();
        String said = Files.readString(output);
        System.out.println(lastLines(said));
        assertThat(said).contains("Failed tests: No matches");
        assertThat(exit).as(said).isZero();
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
