package io.cruddur.obs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that takes calls and never answers, an application with a heap of 64 MB: it goes on, its memory and its disk
 * stay in their bounds, and every record is accounted for. With {@code -Pthorough} as many events as an hour has at a
 * thousand a second, and the calls' times are held to their target.
 */
@Timeout(1_200)
class StalledSinkTest {
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final int EVENTS = THOROUGH ? 3_600_000 : 200_000;
    private static final long SPOOL_BYTES = THOROUGH ? 256L << 20 : 16L << 20;
    /** What the JVM itself comes to need, and what the collector has not found. */
    private static final long HEAP_MARGIN = 4 << 20;

    private static final Pattern ROUND = Pattern.compile("heap (\\d+) disk (\\d+)");
    private static final Pattern TIMES = Pattern.compile("p99.9 (\\d+)");

    @Test
    void anApplicationGoesOnWhileItsServiceHangs(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        try (var receiver = new LogsReceiver()) {
            receiver.failNext(1_000_000, Fault.hang());
            Process process = new ProcessBuilder(Child.command(
                            StalledApplication.class,
                            "-Xmx64m",
                            receiver.endpoint().toString(),
                            directory.resolve("spool").toString(),
                            String.valueOf(SPOOL_BYTES),
                            String.valueOf(EVENTS)))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        }
        String said = Files.readString(output);
        System.out.println(said);
        assertThat(said).contains("balanced true accepted " + EVENTS).doesNotContain("OutOfMemoryError");
        List<MatchResult> rounds = new ArrayList<>(ROUND.matcher(said).results().toList());
        assertThat(rounds)
                .hasSize(10)
                .allSatisfy(round ->
                        assertThat(Long.parseLong(round.group(2))).isLessThanOrEqualTo(SPOOL_BYTES + (1 << 20)));
        assertThat(Long.parseLong(rounds.get(9).group(1)))
                .as("heap at the end, against the middle")
                .isLessThanOrEqualTo(Long.parseLong(rounds.get(4).group(1)) + HEAP_MARGIN);
        if (THOROUGH) {
            MatchResult times = TIMES.matcher(said).results().findFirst().orElseThrow();
            assertThat(Integer.parseInt(times.group(1))).as("p99.9 in µs").isLessThanOrEqualTo(1_000);
        }
    }
}
