package io.cruddur.obs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service that events are about goes with them, and never costs one. */
@Timeout(60)
class EntityTest {
    private static final LogEntity ENTITY =
            new LogEntity("backend-flask", "production", Map.of("PlatformType", "Generic"));

    private LogsReceiver service;

    @BeforeEach
    void start() throws IOException {
        service = new LogsReceiver();
        service.createGroup(Events.GROUP);
        service.createStream(Events.GROUP, Events.STREAM);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private CloudWatchSink sink() {
        return Events.sink(Events.settings(service, LogGroup.named(Events.GROUP), ENTITY));
    }

    @Test
    void namesTheServiceAndItsEnvironment() {
        try (var sink = sink()) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
        }
        assertThat(service.entities())
                .containsExactly(Map.of(
                        "Type",
                        "Service",
                        "Name",
                        "backend-flask",
                        "Environment",
                        "production",
                        "+PlatformType",
                        "Generic"));
    }

    @Test
    void isLeftOutOnceItWasRejected() {
        service.rejectEntities("InvalidEntity");
        try (var warnings = new Warnings(EntityField.class);
                var sink = sink()) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            assertThat(sink.send(Events.lines("b"))).isEqualTo(Answer.DELIVERED);
            assertThat(warnings.messages()).singleElement().asString().contains("InvalidEntity");
        }
        assertThat(service.count()).isEqualTo(2);
        assertThat(service.entities()).hasSize(1);
    }

    @Test
    void isLeftOutWhereTheWholeCallFailsForIt() {
        service.failNext(1, Fault.error(400, "ValidationException"));
        try (var warnings = new Warnings(EntityField.class);
                var sink = sink()) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            assertThat(warnings.messages()).hasSize(1);
        }
        assertThat(service.count()).isEqualTo(1);
    }

    @Test
    void staysWhereTheEventsAreToBlame() {
        service.failNext(2, Fault.error(400, "InvalidParameterException"));
        try (var warnings = new Warnings(EntityField.class);
                var sink = sink()) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(new Answer.Refused("InvalidParameterException"));
            assertThat(sink.send(Events.lines("b"))).isEqualTo(Answer.DELIVERED);
            assertThat(warnings.messages()).isEmpty();
        }
        assertThat(service.entities()).hasSize(1);
    }

    @Test
    void hasTenAttributesAtMost() {
        Map<String, String> eleven = new java.util.HashMap<>();
        for (int i = 0; i < 11; i++) {
            eleven.put("attribute" + i, "value");
        }
        assertThatThrownBy(() -> new LogEntity("service", "environment", eleven))
                .hasMessageContaining("10");
    }
}
