package io.cruddur.obs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.ReturningDaemon;
import io.cruddur.obs.test.SegmentsReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is away while the service goes on: for 3,000 traces, and with {@code -Pthorough} for two minutes of 500 a
 * second.
 */
@Timeout(300)
class OutageTest {
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final int A_SECOND = 500;
    private static final int BEFORE_AND_AFTER = 200;
    private static final int DURING = THOROUGH ? 120 * A_SECOND : 3_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> recorded = new ArrayList<>();

    @Test
    void everyTraceArrivesWhereItIsAcknowledged(@TempDir Path directory) throws IOException {
        try (var service = new SegmentsReceiver();
                var daemon = new FaultProxy(service.endpoint());
                Obs obs = Obs.builder()
                        .xrayDaemon("127.0.0.1:" + daemon.port())
                        .traces(traces -> traces.exporters(TraceExporter.ACKNOWLEDGED))
                        .delivery(delivery -> delivery.spool(SpoolMode.OVERFLOW).spoolDirectory(directory))
                        .closeOnShutdown(false)
                        .build()) {
            record(obs, BEFORE_AND_AFTER);
            assertThat(obs.flush(LONG).isComplete()).isTrue();
            daemon.begin(Fault.REFUSES);
            record(obs, DURING);
            await().untilAsserted(() -> assertThat(report(obs).spooled()).isEqualTo(DURING));
            daemon.begin(Fault.NONE);
            record(obs, BEFORE_AND_AFTER);
            assertThat(obs.flush(LONG).isComplete()).isTrue();
            assertThat(report(obs).lostTotal()).isZero();
            assertThat(service.documents().stream()
                            .map(document -> document.path("trace_id").asString()))
                    .containsExactlyInAnyOrderElementsOf(recorded);
        }
    }

    @Test
    void theLawSaysHowManyDatagramsNobodyTook() throws Exception {
        Set<String> arrived = ConcurrentHashMap.newKeySet();
        DaemonReceiver first = ReturningDaemon.first();
        String address = first.address();
        try (Obs obs = Obs.builder().xrayDaemon(address).closeOnShutdown(false).build()) {
            Thread reader = read(first, arrived);
            record(obs, BEFORE_AND_AFTER);
            assertThat(obs.flush(LONG).isComplete()).isTrue();
            await().until(() -> arrived.size() == BEFORE_AND_AFTER);
            first.close();
            reader.join();
            record(obs, DURING);
            obs.flush(LONG);
            assertThat(report(obs).pending()).isZero();
            try (DaemonReceiver second = ReturningDaemon.again(address)) {
                read(second, arrived);
                record(obs, BEFORE_AND_AFTER);
                obs.flush(LONG);
                assertThat(report(obs).pending()).isZero();
                await().untilAsserted(() ->
                        assertThat(arrived).hasSize((int) report(obs).delivered()));
            }
            assertThat(recorded).containsAll(arrived);
            assertThat(report(obs).lost()).containsOnlyKeys("unreachable");
            assertThat(report(obs).lostTotal()).isEqualTo(recorded.size() - arrived.size());
            assertThat(report(obs).lostTotal()).isGreaterThanOrEqualTo(DURING);
        }
    }

    private void record(Obs obs, int traces) {
        long start = System.nanoTime();
        for (int i = 0; i < traces; i++) {
            obs.trace("request").run(() -> recorded.add(traceId(obs)));
            if (THOROUGH) {
                // The pace of a service, not a wait for something.
                LockSupport.parkNanos(start + (i + 1) * (1_000_000_000L / A_SECOND) - System.nanoTime());
            }
        }
    }

    private static String traceId(Obs obs) {
        return obs.currentTraceContext().xrayTraceId();
    }

    private static DeliveryReport.Sink report(Obs obs) {
        return obs.report().sinks().get(0);
    }

    /** Up to its end. */
    private static Thread read(DaemonReceiver from, Set<String> traceIds) {
        var reader = new Thread(() -> {
            try {
                while (true) {
                    traceIds.add(from.next().path("trace_id").asString());
                }
            } catch (IOException e) {
                // Closed.
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
