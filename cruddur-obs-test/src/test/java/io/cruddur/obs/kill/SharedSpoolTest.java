package io.cruddur.obs.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.OwnLines;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that share one directory: each sends what it logged, and the living what the dead have left. */
@Timeout(240)
class SharedSpoolTest {
    private static final Fault UNAVAILABLE = Fault.error(503, "ServiceUnavailableException");

    private final Path spool;

    SharedSpoolTest(@TempDir Path directory) {
        spool = directory.resolve("spool");
    }

    private void awaitOnDisk(String name, int from, int to) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Lines.onDisk(spool)).containsAll(Lines.of(name, from, to)));
    }

    private static void awaitArrived(LogsReceiver receiver, String stream, List<String> lines) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(Lines.arrived(receiver, stream)).hasSizeGreaterThanOrEqualTo(lines.size()));
        assertThat(Lines.arrived(receiver, stream)).isEqualTo(lines);
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERFLOW", "WRITE_AHEAD"})
    void theLivingKeepTheirLinesAndTheDeadLeaveThem(SpoolMode mode) throws Exception {
        try (var receiver = new LogsReceiver()) {
            receiver.failNext(1_000_000, UNAVAILABLE);
            try (Child one = Child.logging(receiver.endpoint(), spool, mode, "one", 60)) {
                one.log(1_000);
                awaitOnDisk("one", 0, 1_000);
                // It looks for what the dead have left as it begins, while the other's lines lie there.
                try (Child two = Child.logging(receiver.endpoint(), spool, mode, "two", 60)) {
                    eachSendsItsOwn(receiver, one, two);
                    receiver.failNext(1_000_000, UNAVAILABLE);
                    one.log(500);
                    two.log(500);
                    awaitOnDisk("one", 1_000, 1_500);
                    awaitOnDisk("two", 1_000, 1_500);
                    one.close();
                    aThirdTakesOverWhatTheDeadOneLeft(receiver, mode);
                    assertThat(two.flush()).contains("accepted 1500 = delivered 1500 + pending 0 + lost 0");
                    awaitArrived(receiver, "two", Lines.of("two", 0, 1_500));
                }
            }
            nothingIsLeftToTakeOver(receiver, mode);
            assertThat(receiver.count()).as("each of them once").isEqualTo(3_000);
        }
    }

    @SuppressWarnings("try") // lines are held back while it is there
    private void nothingIsLeftToTakeOver(LogsReceiver receiver, SpoolMode mode) {
        try (var none = new OwnLines();
                Obs four = LoggingApplication.start(receiver.endpoint(), spool, mode, "four", Duration.ofSeconds(60))) {
            await().untilAsserted(() -> assertThat(Lines.onDisk(spool)).isEmpty());
            assertThat(four.report().sinks().get(0).accepted()).isZero();
        }
    }

    private void eachSendsItsOwn(LogsReceiver receiver, Child one, Child two) throws IOException {
        two.log(1_000);
        awaitOnDisk("two", 0, 1_000);
        receiver.failNoMore();
        assertThat(two.flush()).contains("accepted 1000 = delivered 1000 + pending 0 + lost 0");
        assertThat(one.flush()).contains("accepted 1000 = delivered 1000 + pending 0 + lost 0");
        awaitArrived(receiver, "one", Lines.of("one", 0, 1_000));
        awaitArrived(receiver, "two", Lines.of("two", 0, 1_000));
    }

    private void aThirdTakesOverWhatTheDeadOneLeft(LogsReceiver receiver, SpoolMode mode) throws Exception {
        receiver.failNoMore();
        try (Child three = Child.logging(receiver.endpoint(), spool, mode, "three", 60)) {
            awaitArrived(receiver, "three", Lines.of("one", 1_000, 1_500));
            assertThat(three.flush()).contains("accepted 500 = delivered 500 + pending 0 + lost 0");
            await().untilAsserted(() -> assertThat(Lines.onDisk(spool)).noneMatch(line -> line.startsWith("one")));
        }
    }
}
