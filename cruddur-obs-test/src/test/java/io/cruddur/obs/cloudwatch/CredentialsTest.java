package io.cruddur.obs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.test.OwnLines;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Nothing says who we are, or where. The events are kept, and whoever reads the log is told what to do. */
@Timeout(60)
class CredentialsTest {
    /** All places that the SDK looks at, but for variables, which a JVM cannot unset. */
    private static final Map<String, String> NOTHING = Map.of(
            "aws.disableEc2Metadata", "true",
            "aws.sharedCredentialsFile", "/nonexistent/credentials",
            "aws.configFile", "/nonexistent/config");

    private final Map<String, @Nullable String> before = new HashMap<>();

    @BeforeEach
    void setNothing() {
        for (String variable : new String[] {"AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_WEB_IDENTITY_TOKEN_FILE"}) {
            assumeTrue(System.getenv(variable) == null, variable + " is set");
        }
        NOTHING.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
    }

    @AfterEach
    void setBack() {
        before.forEach((key, value) -> {
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
    }

    private static CloudWatchSettings settings(@Nullable String region, @Nullable URI endpoint) {
        return new CloudWatchSettings(
                "cloudwatch",
                LogGroup.named(Events.GROUP),
                StreamName.of(Events.STREAM, Map.of()),
                new Connection(region, endpoint, false, Duration.ofSeconds(5)),
                null);
    }

    @Test
    void withoutCredentialsTheNextStepIsSaid() throws IOException {
        try (var service = new LogsReceiver();
                var sink = Events.sink(settings("eu-central-1", service.endpoint()))) {
            assertThat(sink.send(Events.lines("a"))).isInstanceOfSatisfying(Answer.Unauthorized.class, answer -> {
                assertThat(answer.reason()).contains("no credentials");
                assertThat(answer.advice()).contains("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "role");
            });
        }
    }

    @Test
    void withoutARegionTheNextStepIsSaid() {
        try (var sink = Events.sink(settings(null, null))) {
            assertThat(sink.send(Events.lines("a"))).isInstanceOfSatisfying(Answer.Unauthorized.class, answer -> {
                assertThat(answer.reason()).contains("no AWS region");
                assertThat(answer.advice()).contains("AWS_REGION");
            });
        }
    }

    @Test
    void credentialsThatComeLaterAreUsed() throws IOException {
        try (var service = new LogsReceiver();
                var sink = Events.sink(settings("eu-central-1", service.endpoint()))) {
            assertThat(sink.send(Events.lines("a"))).isInstanceOf(Answer.Unauthorized.class);
            System.setProperty("aws.accessKeyId", "local");
            System.setProperty("aws.secretAccessKey", "local");
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    @SuppressWarnings("try") // lines are held back while it is there
    void theApplicationStartsAndLogsAllTheSame() {
        try (var lines = new OwnLines("app");
                Obs obs = Obs.builder()
                        .service("backend-flask")
                        .logGroup(Events.GROUP)
                        .shutdownTimeout(Duration.ZERO)
                        .build()) {
            LoggerFactory.getLogger("app.Home").info("kept");
            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
                DeliveryReport.Sink sink =
                        obs.flush(Duration.ofMillis(1)).sinks().get(0);
                assertThat(sink.accepted()).isEqualTo(1);
                assertThat(sink.pending()).isEqualTo(1);
            });
        }
    }
}
