package io.cruddur.obs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.cruddur.obs.Obs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Its thread, and what a decision costs. */
class CentralSamplerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @BeforeEach
    void thoseOfOtherTestsAreGone() {
        awaitNoThread();
    }

    @Test
    void theSdksPollerThreadsAreNotDaemons_oursIs() {
        try (var sampler = CentralSampler.start("127.0.0.1", 1, null, null)) {
            assertThat(sampler.sample("any", null)).isNotNull();
            assertThat(threads())
                    .singleElement()
                    .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());
        }
        awaitNoThread();
    }

    @Test
    void closeEndsTheCallUnderWayAndTheThread() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var client = new DaemonClient("127.0.0.1", silent.getLocalPort(), 60_000);
            var sampler = CentralSampler.start(client, new ServiceFacts(null, null));
            try (Socket call = silent.accept()) {
                // The whole request is here: the sampler waits for the answer, which would take a minute to give up.
                assertThat(call.getInputStream().read()).isEqualTo('P');
                assertThat(sampler.sample("any", null).sampled())
                        .as("decides meanwhile")
                        .isTrue();
                sampler.close();
                await().atMost(Duration.ofSeconds(30)).until(() -> threads().isEmpty());
            }
        }
    }

    @Test
    void anInterruptDoesNotEndOrSpinTheThread() {
        try (var daemon = new Daemon();
                var sampler = CentralSampler.start("127.0.0.1", daemon.port(), null, null)) {
            daemon.has(Rule.standard());
            await().atMost(PATIENCE).until(() -> sampler.sample("any", null).rule() != null);
            Thread thread = threads().get(0);
            thread.interrupt();
            await().atMost(PATIENCE).until(() -> !thread.isInterrupted());
            assertThat(thread.isAlive()).isTrue();
        }
        awaitNoThread();
    }

    @Test
    void obsReadsTheRulesAndClosesTheSampler() {
        try (var daemon = new Daemon()) {
            daemon.has(Rule.standard().with("FixedRate", 1));
            try (Obs obs = Obs.builder()
                    .xrayDaemon("udp:127.0.0.1:9 tcp:127.0.0.1:" + daemon.port())
                    .centralSampling()
                    .shutdownTimeout(Duration.ZERO)
                    .build()) {
                await().atMost(PATIENCE)
                        .until(() -> daemon.calls(Daemon.RULES) > 0
                                && obs.trace("root").call(span -> span.isRecording()));
                assertThat(threads()).hasSize(1);
            }
            awaitNoThread();
        }
    }

    @Test
    void withoutADaemonThereIsNobodyToAsk() {
        try (Obs obs = Obs.builder().centralSampling().build()) {
            assertThat(obs.report().sinks()).isEmpty();
            assertThat(threads()).isEmpty();
        }
    }

    @Test
    void aDecisionAllocatesNothing() {
        try (var daemon = new Daemon()) {
            daemon.has(
                    Rule.named("path", 1).with("URLPath", "/nothing/*").with("Host", "*.example"),
                    Rule.named("service", 2).with("ServiceName", "backend-*"),
                    Rule.standard().with("ReservoirSize", 5).with("FixedRate", 0.5));
            daemon.poll();
            assertThat(allocated(daemon.sampler())).isLessThan(10_000);
            // Its rate, its reservoir and its fallback were all used.
            assertThat(daemon.ruleOf("/")).isEqualTo("Default");
        }
    }

    /** Bytes of 10,000 decisions after others; a decision that allocated would take 160,000 and more. */
    private static long allocated(CentralSampler sampler) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var request = Request.get("/api/activities/home");
        long bytes = 0;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 10_000; i++) {
                if (sampler.sample("frontend", request).rule() == null) {
                    throw new AssertionError("no rule");
                }
            }
            bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }
        return bytes;
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("cruddur-obs-sampling"))
                .toList();
    }

    static void awaitNoThread() {
        await().atMost(PATIENCE).until(() -> threads().isEmpty());
    }
}
