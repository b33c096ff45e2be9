package io.cruddur.obs.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.ReturningPorts;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A system that lets no file grow beyond 256 KiB, and fails a write in its middle as a full disk does; a service that
 * refuses connections; more lines than fit into both disk and memory.
 */
@Timeout(240)
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {
    private static final int LINES = 80_000;
    private static final Pattern LAW = Pattern.compile(
            "accepted (\\d+) = delivered (\\d+) \\+ pending (\\d+)(?: \\((\\d+) on disk\\))? \\+ lost (\\d+).* refusals (\\d+)");

    @Test
    void whatADiskRefusesWaitsInMemoryAndNothingComesTwice(@TempDir Path spool) throws Exception {
        int port = ReturningPorts.deserted();
        try (Child child = Child.started(limited(port, spool))) {
            child.log(LINES);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        MatchResult law = law(child.law());
                        assertThat(number(law, 6)).as("refusals").isPositive();
                        assertThat(number(law, 4)).as("on disk").isPositive();
                        assertThat(number(law, 3)).as("on disk and in memory").isGreaterThan(number(law, 4));
                        assertThat(number(law, 5)).as("lost").isPositive();
                        assertThat(number(law, 1)).isEqualTo(LINES);
                        assertThat(number(law, 2) + number(law, 3) + number(law, 5))
                                .isEqualTo(LINES);
                    });

            try (LogsReceiver receiver = ReturningPorts.again(port, LogsReceiver::onPort)) {
                MatchResult law = law(child.flush());
                assertThat(number(law, 3)).as("pending").isZero();
                child.log(100);
                law = law(child.flush());
                assertThat(number(law, 1)).isEqualTo(LINES + 100);
                assertThat(number(law, 2) + number(law, 5)).isEqualTo(LINES + 100);
                assertThat(Lines.arrived(receiver, "one"))
                        .hasSize((int) number(law, 2))
                        .doesNotHaveDuplicates()
                        .containsAll(Lines.of("one", LINES, LINES + 100));
            }
        }
    }

    /** The same JVM under the shell's limit for files, in KiB. */
    private static List<String> limited(int port, Path spool) {
        var command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 256; exec \"$0\" \"$@\""));
        command.addAll(Child.command(
                LoggingApplication.class,
                "-Xmx64m",
                "http://127.0.0.1:" + port,
                spool.toString(),
                SpoolMode.OVERFLOW.name(),
                "one",
                "5"));
        return command;
    }

    private static MatchResult law(String said) {
        return LAW.matcher(said).results().findFirst().orElseThrow(() -> new AssertionError(said));
    }

    private static long number(MatchResult law, int group) {
        String digits = law.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
