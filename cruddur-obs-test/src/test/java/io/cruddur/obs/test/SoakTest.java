package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A service under steady load while its daemon comes and goes: 2,000 traces a second, for ten minutes with {@code mvn
 * verify -Pthorough} and for five seconds without. The heap stays as it is, and every trace is accounted for.
 */
class SoakTest {
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final int TRACES_A_SECOND = 2_000;
    private static final int ROUND_MILLIS = 10;
    private static final int PHASES = 10;
    private static final Duration PHASE = THOROUGH ? Duration.ofSeconds(60) : Duration.ofMillis(500);
    /** What one phase may leave more than another by chance: caches, classes, the heap's own slack. */
    private static final long SLACK_BYTES = 8 << 20;

    /** Traces that wait to be sent, at most, while the heap is looked at: a twentieth of a second of them. */
    private static final long ABOUT_NOTHING = TRACES_A_SECOND / 20;

    private final AtomicLong begun = new AtomicLong();
    private long arrived;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void theHeapStaysFlatAndTheLawHoldsWhileTheDaemonComesAndGoes() throws Exception {
        List<Long> heap = new ArrayList<>();
        var daemon = ReturningDaemon.first();
        String address = daemon.address();
        ScheduledExecutorService load = Executors.newScheduledThreadPool(2);
        try (Obs obs = Obs.builder().service("soak").xrayDaemon(address).build()) {
            ScheduledFuture<?> requests = load.scheduleAtFixedRate(
                    () -> requests(obs, TRACES_A_SECOND * ROUND_MILLIS / 1_000),
                    0,
                    ROUND_MILLIS,
                    TimeUnit.MILLISECONDS);
            for (int phase = 0; phase < PHASES; phase++) {
                long until = begun.get() + TRACES_A_SECOND * PHASE.toMillis() / 1_000;
                while (begun.get() < until || pending(obs) > ABOUT_NOTHING) {
                    drain(daemon);
                }
                heap.add(usedHeap());
                daemon.close();
                readTheRest(daemon);
                // Away for a tenth of the time.
                long away = begun.get() + TRACES_A_SECOND * PHASE.toMillis() / 10_000;
                await().atMost(PHASE.plusMinutes(1)).until(() -> begun.get() >= away);
                daemon = ReturningDaemon.again(address);
            }
            requests.cancel(false);
            load.shutdown();
            assertThat(load.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            DeliveryReport report = obs.flush(Duration.ofSeconds(30));
            drain(daemon);
            System.out.println("Soak: " + report + ", arrived " + arrived + ", heap after a collection, MiB, by phase: "
                    + heap.stream().map(bytes -> bytes >> 20).toList());
            DeliveryReport.Sink xray = report.sinks().get(0);
            assertThat(xray.accepted()).isEqualTo(begun.get());
            assertThat(xray.pending()).isZero();
            assertThat(xray.isBalanced()).isTrue();
            assertThat(xray.lost()).containsOnlyKeys("unreachable");
            // What came as the daemon went away was delivered to it, and read by nobody.
            assertThat(arrived).isBetween(xray.delivered() * 9 / 10, xray.delivered());
            assertThat(heap.get(PHASES - 1)).isLessThan(heap.get(1) + SLACK_BYTES);
            assertThat(obs.openRoots()).isEmpty();
        } finally {
            load.shutdownNow();
            daemon.close();
        }
    }

    private void requests(Obs obs, int count) {
        for (int i = 0; i < count; i++) {
            try (Span root = obs.trace("request").server().start()) {
                root.annotate("URI", "/api/activities/home").annotate("number", i);
                obs.trace("query").run(query -> query.metadata("rows", Map.of("count", 3)));
            }
            begun.incrementAndGet();
        }
    }

    /** A daemon that keeps up. */
    private void drain(DaemonReceiver daemon) throws IOException {
        while (!daemon.isEmpty()) {
            arrived++;
        }
    }

    /** What came before it was closed. */
    private void readTheRest(DaemonReceiver closed) throws IOException {
        try {
            while (true) {
                closed.next();
                arrived++;
            }
        } catch (SocketException e) {
            // That was all.
            return;
        }
    }

    private static long pending(Obs obs) {
        return obs.report().sinks().get(0).pending();
    }

    /** The least of a few: requests go on meanwhile, and hold what they hold for a moment. */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
