package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.test.logs.ReceivedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** From the properties of logs to the log groups of the account. */
@Timeout(60)
class LogGroupPropertiesTest {
    private LogsReceiver service;

    @BeforeEach
    void start() throws IOException {
        service = new LogsReceiver();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private ApplicationContextRunner runner() {
        return Runners.plain()
                .withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
                .withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.service=backend-flask",
                        "cruddur.obs.environment=test",
                        "cruddur.obs.logs.group=cruddur",
                        "AWS_REGION=eu-central-1",
                        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=" + service.endpoint());
    }

    private void log(Obs obs, String... loggers) {
        for (String logger : loggers) {
            LoggerFactory.getLogger(logger).info("#" + logger + "#");
        }
        obs.flush(Duration.ofSeconds(30));
    }

    private List<String> groupsOf(String logger) {
        return service.events().stream()
                .filter(event -> event.message().contains("#" + logger + "#"))
                .map(ReceivedEvent::group)
                .toList();
    }

    @Test
    void groupsAreMadeAsTheySay() {
        runner().withPropertyValues(
                        "cruddur.obs.logs.stream={service}/{date}",
                        "cruddur.obs.logs.retention-days=14",
                        "cruddur.obs.logs.log-class=infrequent-access",
                        "cruddur.obs.logs.tags.team=cruddur",
                        "cruddur.obs.logs.tags[cost center]=7")
                .run(context -> log(context.getBean(Obs.class), "app.Home"));

        assertThat(service.retentionDays("cruddur")).isEqualTo(14);
        assertThat(service.logClass("cruddur")).isEqualTo("INFREQUENT_ACCESS");
        assertThat(service.tags("cruddur")).isEqualTo(Map.of("team", "cruddur", "cost center", "7"));
        assertThat(service.streams("cruddur"))
                .singleElement()
                .asString()
                .matches("backend-flask/20\\d\\d-\\d\\d-\\d\\d");
        assertThat(service.entities()).isEmpty();
    }

    @Test
    void loggersGoToTheirGroups() {
        runner().withPropertyValues(
                        "cruddur.obs.logs.groups.audit=cruddur-audit",
                        "cruddur.obs.logs.groups.com.acme.pay=cruddur-pay",
                        "cruddur.obs.logs.groups[com.acme.Till]=cruddur-till")
                .run(context -> log(
                        context.getBean(Obs.class), "app.Home", "audit.Order", "com.acme.pay.Bill", "com.acme.Till"));

        assertThat(groupsOf("app.Home")).containsExactly("cruddur");
        assertThat(groupsOf("audit.Order")).containsExactly("cruddur-audit");
        assertThat(groupsOf("com.acme.pay.Bill")).containsExactly("cruddur-pay");
        assertThat(groupsOf("com.acme.Till")).containsExactly("cruddur-till");
    }

    @Test
    void theEntityIsSentAsItIsSaid() {
        runner().withPropertyValues("cruddur.obs.logs.entity-attributes.PlatformType=Generic")
                .run(context -> log(context.getBean(Obs.class), "app.Home"));
        assertThat(service.entities())
                .isNotEmpty()
                .allSatisfy(entity -> assertThat(entity)
                        .containsEntry("Name", "backend-flask")
                        .containsEntry("Environment", "test")
                        .containsEntry("+PlatformType", "Generic"));
    }

    @Test
    void theEntityMayBeTurnedOff() {
        runner().withPropertyValues("cruddur.obs.logs.entity=false")
                .run(context -> log(context.getBean(Obs.class), "app.Home"));
        assertThat(groupsOf("app.Home")).containsExactly("cruddur");
        assertThat(service.entities()).isEmpty();
    }
}
