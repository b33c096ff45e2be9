package io.cruddur.obs.sampling;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Quotas, borrowing, and what the service is told. */
class TargetsTest {
    private final Daemon daemon = new Daemon();

    @AfterEach
    void close() {
        daemon.close();
    }

    private void hasDefault(int reservoirSize, double rate) {
        daemon.has(Rule.standard().with("ReservoirSize", reservoirSize).with("FixedRate", rate));
        daemon.poll();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "50, 1"})
    void withoutAQuotaOneASecondIsBorrowedOfAReservoir(int reservoirSize, int sampled) {
        hasDefault(reservoirSize, 0);
        assertThat(daemon.sampled(100, "/")).isEqualTo(sampled);
        daemon.after(1);
        assertThat(daemon.sampled(100, "/")).isEqualTo(sampled);
    }

    @Test
    void theRestIsRecordedByTheRate() {
        hasDefault(1, 1);
        assertThat(daemon.sampled(100, "/")).isEqualTo(100);
        assertThat(daemon.sampler().sample("service", null).rule()).isEqualTo("Default");
    }

    @Test
    void aQuotaHoldsUntilItsEndAndThenOneASecondIsBorrowedAgain() {
        hasDefault(50, 0);
        daemon.sampled(1, "/");
        daemon.gives(
                "Default",
                "\"FixedRate\": 0, \"ReservoirQuota\": 7, \"Interval\": 10, \"ReservoirQuotaTTL\": "
                        + (daemon.epochSeconds() + 21));
        daemon.after(11);
        assertThat(daemon.sampled(100, "/")).isEqualTo(7);
        // Before the next report is due, but in another second.
        daemon.after(8.5);
        assertThat(daemon.sampled(100, "/")).isEqualTo(7);
        daemon.isDown();
        daemon.after(2);
        assertThat(daemon.sampled(100, "/")).isEqualTo(1);
    }

    @Test
    void aQuotaOfNothingAllowsNothing() {
        hasDefault(50, 0);
        daemon.sampled(1, "/");
        daemon.gives("Default", "\"FixedRate\": 0, \"ReservoirQuota\": 0, \"ReservoirQuotaTTL\": " + Long.MAX_VALUE);
        daemon.after(11);
        assertThat(daemon.sampled(100, "/")).isZero();
    }

    @Test
    void aTargetsRateTakesTheRulesPlace() {
        hasDefault(0, 0);
        daemon.sampled(1, "/");
        daemon.gives("Default", "\"FixedRate\": 1.0");
        daemon.after(11);
        assertThat(daemon.sampled(100, "/")).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ReservoirQuota\": 9",
                "\"ReservoirQuota\": -1, \"ReservoirQuotaTTL\": 9e9",
                "\"ReservoirQuota\": 1e99, \"ReservoirQuotaTTL\": 9e9",
                "\"ReservoirQuota\": 9, \"ReservoirQuotaTTL\": -9e99",
                "\"ReservoirQuota\": 9, \"ReservoirQuotaTTL\": 1e999",
                "\"ReservoirQuota\": 9, \"ReservoirQuotaTTL\": \"NaN\"",
                "\"FixedRate\": 7",
                "\"FixedRate\": -1",
                "\"FixedRate\": {}",
                "\"Interval\": -1",
                "\"Interval\": 1e9",
            })
    void aTargetThatCannotBeFollowedLeavesTheRuleAsItWas(String target) {
        hasDefault(50, 0);
        daemon.sampled(1, "/");
        daemon.gives("Default", target);
        daemon.after(11);
        assertThat(daemon.sampled(100, "/")).isEqualTo(1);
        daemon.after(11);
        assertThat(daemon.reports()).hasSize(2);
    }

    @Test
    void aReportSaysWhatWasDecidedAfterTenSeconds() {
        daemon.has(
                Rule.named("none", 1).with("URLPath", "/none"),
                Rule.named("idle", 2).with("URLPath", "/idle"),
                Rule.standard().with("ReservoirSize", 5));
        daemon.poll();
        daemon.sampled(30, "/none");
        daemon.sampled(20, "/");
        daemon.after(9.9);
        assertThat(daemon.reports()).isEmpty();
        daemon.after(1.1);

        JsonNode report = daemon.reports().get(0);
        assertThat(report).hasSize(2);
        assertThat(report.get(0).path("RuleName").asString()).isEqualTo("none");
        assertThat(counts(report.get(0))).containsExactly(30, 0, 0);
        assertThat(report.get(1).path("RuleName").asString()).isEqualTo("Default");
        assertThat(counts(report.get(1))).containsExactly(20, 1, 1);
        assertThat(report).allSatisfy(document -> {
            assertThat(document.path("ClientID").asString()).matches("[0-9a-f]{24}");
            assertThat(document.path("Timestamp").asLong()).isEqualTo(daemon.epochSeconds());
        });

        daemon.after(11);
        assertThat(daemon.reports()).as("nothing was asked since").hasSize(1);
    }

    @Test
    void theServiceSaysWhenToReportNext() {
        hasDefault(0, 0);
        daemon.sampled(1, "/");
        daemon.gives("Default", "\"FixedRate\": 0, \"Interval\": 60");
        daemon.after(11);
        daemon.sampled(1, "/");
        daemon.after(59);
        assertThat(daemon.reports()).hasSize(1);
        daemon.after(5);
        assertThat(daemon.reports()).hasSize(2);
    }

    @Test
    void moreThanTwentyFiveReportsGoInSeveralCalls() {
        daemon.has(IntStream.range(0, 60)
                .mapToObj(i -> Rule.named("rule" + i, i + 1).with("URLPath", "/" + i))
                .toArray(Rule[]::new));
        daemon.poll();
        IntStream.range(0, 60).forEach(i -> daemon.sampled(1, "/" + i));
        daemon.after(11);
        assertThat(daemon.reports()).extracting(JsonNode::size).containsExactly(25, 25, 10);
    }

    @Test
    void aReportThatFailsIsKeptAndSentWithTheNext() {
        hasDefault(0, 0);
        daemon.sampled(10, "/");
        daemon.answers(Daemon.TARGETS, aResponse().withStatus(500));
        daemon.after(11);
        daemon.answers(Daemon.TARGETS, okJson("<html>"));
        daemon.sampled(20, "/");
        daemon.after(11);
        daemon.answers(Daemon.TARGETS, okJson("{\"SamplingTargetDocuments\": []}"));
        daemon.sampled(30, "/");
        daemon.after(11);
        daemon.sampled(1, "/");
        daemon.after(11);
        assertThat(daemon.reports()).extracting(report -> requests(report)).containsExactly(10L, 30L, 60L, 1L);
    }

    @Test
    void whatTheServiceCouldNotProcessIsSentWithTheNext() {
        hasDefault(0, 0);
        daemon.sampled(10, "/");
        daemon.answers(
                Daemon.TARGETS,
                okJson("{\"SamplingTargetDocuments\": [], \"UnprocessedStatistics\": [7, {\"RuleName\": \"Default\", "
                        + "\"ErrorCode\": \"Throttled\", \"Message\": \"later\"}]}"));
        daemon.after(11);
        daemon.sampled(20, "/");
        daemon.after(11);
        assertThat(daemon.reports()).extracting(report -> requests(report)).containsExactly(10L, 30L);
    }

    @Test
    void anEditedRuleKeepsWhatItCountedAndItsQuotaIfItStillGivesAsMuch() {
        hasDefault(50, 0);
        daemon.sampled(1, "/");
        daemon.gives(
                "Default", "\"FixedRate\": 0, \"ReservoirQuota\": 7, \"Interval\": 3600, \"ReservoirQuotaTTL\": 9e9");
        daemon.after(11);
        daemon.has(Rule.standard().with("ReservoirSize", 50).with("Priority", 9));
        daemon.after(316);
        assertThat(daemon.sampled(100, "/")).isEqualTo(7);
        daemon.has(Rule.standard().with("ReservoirSize", 49));
        daemon.after(316);
        assertThat(daemon.sampled(100, "/")).isEqualTo(1);
        daemon.after(3_600);
        assertThat(daemon.reports()).extracting(report -> requests(report)).containsExactly(1L, 200L);
    }

    @Test
    void reportsAddUpToTheDecisionsMadeWhileTheyWereSent() throws InterruptedException {
        daemon.has(Rule.standard().with("ReservoirSize", 1).with("FixedRate", 0.5));
        daemon.poll();
        var stop = new AtomicBoolean();
        var asked = new AtomicLong();
        var recorded = new AtomicLong();
        List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                    while (!stop.get()) {
                        recorded.addAndGet(daemon.sampled(100, "/"));
                        asked.addAndGet(100);
                        // The stand-in for the daemon needs the processors too.
                        LockSupport.parkNanos(100_000);
                    }
                }))
                .limit(8)
                .toList();
        threads.forEach(Thread::start);
        for (int i = 0; i < 20; i++) {
            daemon.answers(
                    Daemon.TARGETS,
                    i % 3 == 0
                            ? aResponse().withStatus(500)
                            : okJson("{\"SamplingTargetDocuments\": []}").withHeader("Call", "taken"));
            daemon.after(11);
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        daemon.answers(
                Daemon.TARGETS, okJson("{\"SamplingTargetDocuments\": []}").withHeader("Call", "taken"));
        daemon.after(11);

        long requests = 0;
        long sampled = 0;
        for (JsonNode document : daemon.takenReports()) {
            int[] counts = counts(document);
            assertThat(counts[1]).isBetween(counts[2], counts[0]);
            requests += counts[0];
            sampled += counts[1];
        }
        assertThat(requests).isEqualTo(asked.get());
        assertThat(sampled).isEqualTo(recorded.get());
    }

    private static int[] counts(JsonNode document) {
        return new int[] {
            document.path("RequestCount").asInt(),
            document.path("SampledCount").asInt(),
            document.path("BorrowCount").asInt()
        };
    }

    private static long requests(JsonNode report) {
        return report.valueStream()
                .mapToLong(d -> d.path("RequestCount").asLong())
                .sum();
    }
}
