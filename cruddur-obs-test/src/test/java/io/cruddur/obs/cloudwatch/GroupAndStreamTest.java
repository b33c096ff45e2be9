package io.cruddur.obs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.test.logs.ReceivedEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is missing is made; what cannot be made keeps the events. */
@Timeout(60)
class GroupAndStreamTest {
    private static final LogGroup KEPT_A_MONTH =
            new LogGroup(Events.GROUP, 30, LogClass.INFREQUENT_ACCESS, Map.of("team", "cruddur"));

    private LogsReceiver service;

    @BeforeEach
    void start() throws IOException {
        service = new LogsReceiver();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private List<String> arrived() {
        return service.events(Events.GROUP, Events.STREAM).stream()
                .map(ReceivedEvent::message)
                .toList();
    }

    @Test
    void whatIsMissingIsCreatedAsItWasAskedFor() {
        try (var sink = Events.sink(Events.settings(service, KEPT_A_MONTH, null))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
        }

        assertThat(arrived()).containsExactly("a");
        assertThat(service.retentionDays(Events.GROUP)).isEqualTo(30);
        assertThat(service.logClass(Events.GROUP)).isEqualTo("INFREQUENT_ACCESS");
        assertThat(service.tags(Events.GROUP)).isEqualTo(Map.of("team", "cruddur"));
    }

    @Test
    void whatIsAskedForNothingIsLeftToTheService() {
        try (var sink = Events.sink(Events.settings(service))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
        }

        assertThat(service.retentionDays(Events.GROUP)).isNull();
        assertThat(service.calls("PutRetentionPolicy")).isZero();
        assertThat(service.logClass(Events.GROUP)).isEqualTo("STANDARD");
        assertThat(service.tags(Events.GROUP)).isEmpty();
    }

    @Test
    void aGroupThatIsThereGetsItsStreamAndTheRetention() {
        service.createGroup(Events.GROUP);
        try (var sink = Events.sink(Events.settings(service, KEPT_A_MONTH, null))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            assertThat(sink.send(Events.lines("b"))).isEqualTo(Answer.DELIVERED);
        }

        assertThat(service.calls("CreateLogGroup")).isZero();
        assertThat(service.retentionDays(Events.GROUP)).isEqualTo(30);
        assertThat(service.calls("PutRetentionPolicy")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsDeletedMeanwhileIsCreatedAgain(boolean withItsGroup) {
        try (var sink = Events.sink(Events.settings(service, KEPT_A_MONTH, null))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            if (withItsGroup) {
                service.deleteGroup(Events.GROUP);
            } else {
                service.deleteStream(Events.GROUP, Events.STREAM);
            }
            assertThat(sink.send(Events.lines("b"))).isEqualTo(Answer.DELIVERED);
        }

        assertThat(arrived()).containsExactly("a", "b");
        assertThat(service.retentionDays(Events.GROUP)).isEqualTo(30);
    }

    @Test
    void anotherInstanceMayBeFirst() {
        service.failNext("CreateLogStream", 1, Fault.error(400, "ResourceNotFoundException"));
        service.failNext("CreateLogGroup", 1, Fault.error(400, "ResourceAlreadyExistsException"));
        service.createGroup(Events.GROUP);
        service.createStream(Events.GROUP, Events.STREAM);
        service.failNext(1, Fault.error(400, "ResourceNotFoundException"));
        try (var sink = Events.sink(Events.settings(service))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
        }
        assertThat(arrived()).containsExactly("a");
    }

    @Test
    void twoSinksMayCreateAtOnce() throws Exception {
        try (var one = Events.sink(Events.settings(service));
                var two = Events.sink(Events.settings(service))) {
            var other = new Thread(() -> two.send(Events.lines("b")));
            other.start();
            assertThat(one.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            other.join();
        }
        assertThat(arrived()).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "CreateLogGroup, 400, ThrottlingException",
        "CreateLogStream, 400, ThrottlingException",
        "CreateLogGroup, 400, OperationAbortedException",
        "CreateLogStream, 503, ServiceUnavailableException",
    })
    void aCreationThatHasToWaitKeepsTheEvents(String operation, int status, String code) {
        service.failNext(operation, 1, Fault.error(status, code));
        try (var sink = Events.sink(Events.settings(service))) {
            assertThat(sink.send(Events.lines("a")))
                    .isInstanceOfSatisfying(
                            Answer.Retry.class,
                            retry -> assertThat(retry.reason()).isEqualTo(code));
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CreateLogGroup, AccessDeniedException",
        "CreateLogStream, AccessDeniedException",
        "CreateLogGroup, LimitExceededException",
        "CreateLogGroup, InvalidParameterException",
        "CreateLogGroup, DataAlreadyAcceptedException",
    })
    void aCreationThatSomebodyHasToSeeToKeepsTheEvents(String operation, String code) {
        service.failNext(operation, 1, Fault.error(400, code));
        try (var sink = Events.sink(Events.settings(service))) {
            assertThat(sink.send(Events.lines("a"))).isInstanceOfSatisfying(Answer.Unauthorized.class, answer -> {
                assertThat(answer.reason()).isEqualTo(code);
                assertThat(answer.advice()).contains(Events.GROUP, "logs:CreateLogGroup");
            });
        }
    }

    @Test
    void aRetentionThatMayNotBeSetStopsNoLogs() {
        service.failNext("PutRetentionPolicy", 5, Fault.error(400, "AccessDeniedException"));
        try (var warnings = new Warnings(Provisioning.class);
                var sink = Events.sink(Events.settings(service, KEPT_A_MONTH, null))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            assertThat(sink.send(Events.lines("b"))).isEqualTo(Answer.DELIVERED);
            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("logs:PutRetentionPolicy", Events.GROUP, "30");
        }
        assertThat(arrived()).containsExactly("a", "b");
        assertThat(service.calls("PutRetentionPolicy")).isEqualTo(1);
    }

    @Test
    void aRetentionThatIsThrottledIsLeftForLater() {
        service.failNext("PutRetentionPolicy", 1, Fault.throttled());
        try (var warnings = new Warnings(Provisioning.class);
                var sink = Events.sink(Events.settings(service, KEPT_A_MONTH, null))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            assertThat(sink.send(Events.lines("b"))).isEqualTo(Answer.DELIVERED);
            assertThat(warnings.messages()).isEmpty();
        }
        // Not with the next batch: all instances of a service would be throttled together.
        assertThat(service.calls("PutRetentionPolicy")).isEqualTo(1);
    }

    @Test
    void aGroupThatMayNotBeTaggedIsCreatedWithoutTags() {
        service.failNext("CreateLogGroup", 1, Fault.error(400, "AccessDeniedException"));
        try (var warnings = new Warnings(Provisioning.class);
                var sink = Events.sink(Events.settings(service, KEPT_A_MONTH, null))) {
            assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
            assertThat(warnings.messages()).singleElement().asString().contains("logs:TagResource");
        }
        assertThat(service.tags(Events.GROUP)).isEmpty();
    }

    @Test
    void aDatedStreamBeginsAnewAtMidnightInUtc() {
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
        var clock = new SettableClock(midnight.minusMillis(1));
        var settings = new CloudWatchSettings(
                "cloudwatch",
                LogGroup.named(Events.GROUP),
                StreamName.of("{host}/{date}", Map.of("host", "web:1")),
                new Connection("eu-central-1", service.endpoint(), true, Duration.ofSeconds(5)),
                null);
        try (var sink = new CloudWatchSink(settings, Events.AS_IT_IS, clock)) {
            assertThat(sink.send(List.of(Events.line(clock.millis(), "a")))).isInstanceOf(Answer.Delivered.class);
            clock.now = midnight;
            assertThat(sink.send(List.of(Events.line(clock.millis(), "b")))).isInstanceOf(Answer.Delivered.class);
        }
        LocalDate today = LocalDate.ofInstant(midnight, ZoneOffset.UTC);
        assertThat(service.streams(Events.GROUP))
                .containsExactlyInAnyOrder("web_1/" + today.minusDays(1), "web_1/" + today);
    }

    private static final class SettableClock extends Clock {
        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
