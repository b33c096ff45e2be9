package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class DaemonSinkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Longer than a name's part may be, so that nobody is asked for it: how soon one says no is not our affair. */
    private static final String NO_NAME = "x".repeat(64) + ".invalid:2000";

    @Test
    void withNothingListeningEveryTreeIsCountedUnreachable() throws IOException {
        try (Obs obs = Obs.builder().xrayDaemon(ReturningDaemon.gone()).build()) {
            for (int i = 0; i < 501; i++) {
                obs.trace("request").run(() -> {});
            }
            DeliveryReport.Sink xray = obs.flush(SOON).sinks().get(0);
            assertThat(xray.accepted()).isEqualTo(501);
            assertThat(xray.lost()).isEqualTo(Map.of("unreachable", 501L));
            assertThat(xray.isBalanced()).isTrue();
        }
    }

    @Test
    void aDaemonThatComesBackIsUsedAgain() throws IOException {
        String address = ReturningDaemon.gone();
        try (Obs obs = Obs.builder().xrayDaemon(address).build()) {
            obs.trace("lost").run(() -> {});
            await().until(() -> obs.report().sinks().get(0).lostTotal() == 1);
            try (DaemonReceiver daemon = ReturningDaemon.again(address)) {
                obs.trace("arrives").run(() -> {});
                assertThat(daemon.next().path("name").asString()).isEqualTo("arrives");
            }
        }
    }

    @Test
    void aNameThatCannotBeResolvedKeepsTheApplicationGoing() {
        try (Obs obs =
                Obs.builder().xrayDaemon(NO_NAME).shutdownTimeout(Duration.ZERO).build()) {
            obs.trace("request").run(() -> {});
            assertThat(obs.report().sinks().get(0).accepted()).isEqualTo(1);
            assertThat(obs.report().isBalanced()).isTrue();
        }
    }

    @Test
    void whoClosesSecondWaitsForTheFirst() throws InterruptedException {
        Obs obs = Obs.builder()
                .xrayDaemon(NO_NAME)
                .shutdownTimeout(Duration.ofSeconds(1))
                .build();
        obs.trace("request").run(() -> {});
        var first = new Thread(obs::close);
        first.start();
        await().until(() -> {
            obs.trace("too late").run(() -> {});
            return obs.report().sinks().get(0).lost().containsKey("closed");
        });
        obs.close();
        assertThat(obs.report().sinks().get(0).pending()).isZero();
        first.join();
    }

    @Test
    void aRecordOfManyDocumentsIsLostOnce() throws IOException {
        try (Obs obs = Obs.builder().xrayDaemon(ReturningDaemon.gone()).build()) {
            for (int i = 0; i < 20; i++) {
                obs.trace("root").metadata("value", "x".repeat(60_000)).run(() -> {
                    obs.trace("child").metadata("value", "y".repeat(60_000)).run(() -> {});
                    obs.trace("child").metadata("value", "z".repeat(60_000)).run(() -> {});
                });
            }
            DeliveryReport.Sink xray = obs.flush(SOON).sinks().get(0);
            assertThat(xray.lost()).isEqualTo(Map.of("unreachable", 20L));
            assertThat(xray.isBalanced()).isTrue();
        }
    }

    @Test
    void aDocumentOver64KbIsNotLostWithItsSubtree() throws IOException {
        try (var daemon = new DaemonReceiver();
                Obs obs = Obs.builder().xrayDaemon(daemon.address()).build()) {
            obs.trace("large").metadata("value", "x".repeat(70_000)).run(() -> {
                obs.trace("child").metadata("value", "y".repeat(40_000)).run(() -> {});
                obs.trace("child").metadata("value", "z".repeat(40_000)).run(() -> {});
            });
            assertThat(obs.flush(SOON).sinks().get(0).delivered()).isEqualTo(1);
            List<JsonNode> documents = daemon.next(3);
            assertThat(daemon.isEmpty()).isTrue();
            JsonNode root = documents.get(2);
            assertThat(root.at("/metadata/default/value").asString())
                    .startsWith("xxx")
                    .endsWith(" characters)");
            for (JsonNode child : documents.subList(0, 2)) {
                assertThat(child.at("/metadata/default/value").asString()).hasSize(40_000);
                assertThat(child.path("parent_id").asString())
                        .isEqualTo(root.path("id").asString());
            }
        }
    }
}
