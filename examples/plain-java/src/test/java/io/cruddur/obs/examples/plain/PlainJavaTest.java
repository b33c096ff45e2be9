package io.cruddur.obs.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.RollbarReceiver;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The example does what it says. */
class PlainJavaTest {

    @Test
    void theTraceAndTheErrorArriveAndTheReportSaysSo() throws Exception {
        try (var daemon = new DaemonReceiver();
                var rollbar = new RollbarReceiver();
                Obs obs = Obs.builder()
                        .xrayDaemon(daemon.address())
                        .rollbarToken("none")
                        .rollbarEndpoint(rollbar.endpoint())
                        .build()) {
            assertThat(PlainJava.run(obs).sinks()).hasSize(2).allMatch(sink -> sink.accepted() == 1);
            // The example waits for five seconds, which a first run on a busy machine may take.
            DeliveryReport report = obs.flush(Duration.ofSeconds(30));

            JsonNode segment = daemon.next();
            assertThat(segment.path("name").asString()).isEqualTo("notifications_activities");
            assertThat(segment.at("/annotations/URI").asString()).isEqualTo("/api/activities/notifications");
            assertThat(segment.path("fault").asBoolean()).isTrue();
            JsonNode child = segment.at("/subsegments/0");
            assertThat(child.path("name").asString()).isEqualTo("returning_mock_data");
            assertThat(child.at("/metadata/default/notification results/number").asInt())
                    .isEqualTo(1);

            JsonNode item = rollbar.next();
            assertThat(item.path("level").asString()).isEqualTo("warning");
            assertThat(item.at("/custom/activity").asString()).startsWith("68f126b0");
            assertThat(item.at("/custom/xrayTraceId").asString())
                    .isEqualTo(segment.path("trace_id").asString());

            assertThat(report.isComplete()).isTrue();
            assertThat(report.sinks()).hasSize(2).allMatch(sink -> sink.delivered() == 1);
        }
    }

    @Test
    void withNowhereToSendItRunsAllTheSame() {
        try (Obs obs = Obs.builder().build()) {
            assertThat(PlainJava.run(obs)).hasToString("nothing is sent anywhere");
        }
    }
}
