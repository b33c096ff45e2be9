package io.cruddur.obs.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGTERM: what was logged until then is sent, and what the service does not take is kept for the next process. */
@Timeout(240)
class TerminatedTest {
    private static final int LINES = 5_000;

    @ParameterizedTest
    @EnumSource(SpoolMode.class)
    void allThatWasLoggedArrives(SpoolMode mode, @TempDir Path spool) throws Exception {
        try (var receiver = new LogsReceiver();
                Child child = Child.logging(receiver.endpoint(), spool, mode, "one", 60)) {
            child.log(LINES);

            assertThat(child.terminate()).contains("cloudwatch: accepted 5000 = delivered 5000 + pending 0 + lost 0");
            assertThat(Lines.arrived(receiver, "one")).isEqualTo(Lines.of("one", 0, LINES));
            assertThat(Lines.onDisk(spool)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERFLOW", "WRITE_AHEAD"})
    void whatTheServiceRefusesIsOnDiskAndTheNextProcessSendsItOnce(SpoolMode mode, @TempDir Path spool)
            throws Exception {
        try (var receiver = new LogsReceiver()) {
            receiver.failNext(1_000_000, Fault.error(503, "ServiceUnavailableException"));
            // Time enough to bring all of them to the disk; all of it passes, for nothing gets through.
            try (Child child = Child.logging(receiver.endpoint(), spool, mode, "one", 10)) {
                child.log(LINES);

                assertThat(child.terminate())
                        .contains("cloudwatch: accepted 5000 = delivered 0 + pending 5000 (5000 on disk) + lost 0");
            }
            assertThat(Lines.onDisk(spool)).isEqualTo(Lines.of("one", 0, LINES));
            assertThat(receiver.count()).isZero();

            receiver.failNoMore();
            try (Obs next = LoggingApplication.start(receiver.endpoint(), spool, mode, "two", Duration.ofSeconds(60))) {
                await().atMost(Duration.ofSeconds(60)).until(() -> receiver.count() >= LINES);
                next.flush(Duration.ofSeconds(60));
                assertThat(next.report().isComplete()).as("%s", next.report()).isTrue();
            }
            assertThat(Lines.arrived(receiver, "two")).isEqualTo(Lines.of("one", 0, LINES));
            assertThat(Lines.onDisk(spool)).isEmpty();
        }
    }
}
