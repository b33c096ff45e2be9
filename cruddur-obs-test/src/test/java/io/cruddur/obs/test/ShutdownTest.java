package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is told to end sends what it has. */
@Timeout(60)
class ShutdownTest {

    /** As many as the system keeps for a daemon even if that is not given a moment to read them. */
    private static final int TRACES = 300;

    /** Records and then waits to be ended. */
    static final class Program {
        public static void main(String[] arguments) throws InterruptedException {
            Obs obs = Obs.builder().service("program").xrayDaemon(arguments[0]).build();
            for (int i = 0; i < TRACES; i++) {
                obs.trace("work").run(() -> {});
            }
            System.out.println("ready");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void sigtermFlushesAndTheLastLineIsTheLaw() throws IOException, InterruptedException {
        try (var daemon = new DaemonReceiver()) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            daemon.address())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
                    assertThat(line).as("the program's output").isNotNull();
                }
                // Process.destroy would close the stream that is read below.
                process.toHandle().destroy();
                List<String> rest = output.lines().toList();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(rest.get(rest.size() - 1))
                        .contains("xray: accepted 300 = delivered 300 + pending 0 + lost 0");
                assertThat(daemon.next(TRACES)).hasSize(TRACES);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
