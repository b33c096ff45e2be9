package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.cloudwatch.LogClass;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.test.logs.ReceivedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** From the builder's options to the log groups of the account. */
@Timeout(60)
class LogGroupsTest {
    private LogsReceiver service;
    private OwnLines lines;

    @BeforeEach
    void start() throws IOException {
        // At a port that stays its own when it is away.
        service = ReturningPorts.first(LogsReceiver::onPort);
        lines = new OwnLines("app", "audit", "payment", "auditor");
    }

    @AfterEach
    void stop() throws IOException {
        lines.close();
        service.close();
    }

    private ObsBuilder builder() {
        return Obs.builder()
                .service("backend-flask")
                .environment("test")
                .logGroup("cruddur")
                .region("eu-central-1")
                .cloudWatchEndpoint(service.endpoint())
                .anonymousAws(true)
                .shutdownTimeout(Duration.ofMillis(200));
    }

    /** How many events each sink delivered, by its name. */
    private static Map<String, Long> flushed(Obs obs) {
        return delivered(obs.flush(Duration.ofSeconds(30)));
    }

    private static Map<String, Long> delivered(DeliveryReport report) {
        return report.sinks().stream()
                .collect(Collectors.toMap(DeliveryReport.Sink::name, DeliveryReport.Sink::delivered));
    }

    private List<String> groupsOf(String marker) {
        return service.events().stream()
                .filter(event -> event.message().contains(marker))
                .map(ReceivedEvent::group)
                .toList();
    }

    @Test
    void eachLoggerGoesToItsOwnGroup() {
        try (Obs obs = builder()
                .logs(logs -> logs.group("audit", "cruddur-audit")
                        .group("audit.login", "cruddur-login")
                        .group("payment.", "cruddur-audit")
                        .group("audit.noise", "cruddur"))
                .build()) {
            LoggerFactory.getLogger("app.Home").info("#home");
            LoggerFactory.getLogger("audit.Order").info("#order");
            LoggerFactory.getLogger("audit.login.Failed").info("#login");
            LoggerFactory.getLogger("payment.Refund").info("#refund");
            LoggerFactory.getLogger("audit.noise.Ping").info("#ping");
            LoggerFactory.getLogger("auditor").info("#auditor");

            assertThat(flushed(obs))
                    .isEqualTo(
                            Map.of("cloudwatch", 3L, "cloudwatch:cruddur-audit", 2L, "cloudwatch:cruddur-login", 1L));
        }
        assertThat(groupsOf("#home")).containsExactly("cruddur");
        assertThat(groupsOf("#order")).containsExactly("cruddur-audit");
        assertThat(groupsOf("#login")).containsExactly("cruddur-login");
        assertThat(groupsOf("#refund")).containsExactly("cruddur-audit");
        assertThat(groupsOf("#ping")).containsExactly("cruddur");
        assertThat(groupsOf("#auditor")).containsExactly("cruddur");
    }

    @Test
    void oneGroupsTroubleIsNotAnothers() {
        // Whichever group comes first is kept waiting; the other one's event arrives meanwhile.
        service.failNext(1, Fault.hang());
        try (Obs obs =
                builder().logs(logs -> logs.group("audit", "cruddur-audit")).build()) {
            LoggerFactory.getLogger("app.Home").info("#home");
            LoggerFactory.getLogger("audit.Order").info("#order");
            await().until(() -> delivered(obs.report()).values(), values -> values.containsAll(List.of(0L, 1L)));
        }
    }

    @Test
    void aServiceThatComesBackGetsWhatWasLoggedMeanwhile() throws IOException {
        try (Obs obs = builder().build()) {
            LoggerFactory.getLogger("app.Home").info("#before");
            assertThat(flushed(obs)).isEqualTo(Map.of("cloudwatch", 1L));
            service.close();
            LoggerFactory.getLogger("app.Home").info("#meanwhile");
            obs.flush(Duration.ofMillis(100));
            assertThat(delivered(obs.report())).isEqualTo(Map.of("cloudwatch", 1L));
            service = ReturningPorts.again(service.endpoint().getPort(), LogsReceiver::onPort);
            assertThat(flushed(obs)).isEqualTo(Map.of("cloudwatch", 2L));
        }
        assertThat(groupsOf("#meanwhile")).containsExactly("cruddur");
    }

    @Test
    void groupsAreCreatedAsTheOptionsSay() {
        try (Obs obs = builder()
                .logStream("{service}/{date}")
                .logs(logs -> logs.retentionDays(14).tag("team", "cruddur").group("audit", "cruddur-audit"))
                .build()) {
            LoggerFactory.getLogger("app.Home").info("#home");
            LoggerFactory.getLogger("audit.Order").info("#order");
            flushed(obs);
        }
        for (String group : List.of("cruddur", "cruddur-audit")) {
            assertThat(service.retentionDays(group)).isEqualTo(14);
            assertThat(service.tags(group)).isEqualTo(Map.of("team", "cruddur"));
            assertThat(service.streams(group))
                    .singleElement()
                    .asString()
                    .matches("backend-flask/20\\d\\d-\\d\\d-\\d\\d");
        }
        assertThat(service.entities())
                .isNotEmpty()
                .allSatisfy(entity -> assertThat(entity)
                        .isEqualTo(Map.of("Type", "Service", "Name", "backend-flask", "Environment", "test")));
    }

    @Test
    void theEntityIsLeftOutWhereItIsTurnedOffOrOfNoUse() {
        for (ObsBuilder builder : List.of(
                builder().logs(logs -> logs.entity(false)),
                builder().logs(logs -> logs.logClass(LogClass.INFREQUENT_ACCESS)),
                builder().service("application"))) {
            try (Obs obs = builder.build()) {
                LoggerFactory.getLogger("app.Home").info("#home");
                flushed(obs);
            }
        }
        assertThat(groupsOf("#home")).hasSize(3);
        assertThat(service.entities()).isEmpty();
    }

    @Test
    void whatTheServiceDoesNotTakeIsSaidBeforeAnythingStarts() {
        assertThatThrownBy(() -> builder().logs(logs -> logs.retentionDays(31)))
                .hasMessageContaining("31 days")
                .hasMessageContaining("30, 60");
        assertThatThrownBy(() -> builder().logs(logs -> logs.group("audit", "a b")))
                .hasMessageContaining("'a b'")
                .hasMessageContaining("1 to 512");
        assertThatThrownBy(() -> builder().logs(logs -> logs.tag("aws:x", "y"))).hasMessageContaining("aws:");
        assertThatThrownBy(() -> builder().logStream("{hostname}")).hasMessageContaining("{host}");
        assertThatThrownBy(() -> builder().logGroup("aws/x").build()).hasMessageContaining("not beginning with aws/");
    }
}
