package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** The CloudWatch Logs calls, made by the AWS SDK's own client. */
class CloudWatchLogsTest extends WithConsole {

    private static final String GROUP = "/cruddur/backend-flask";
    private static final String STREAM = "one";

    private final long now = Instant.now().toEpochMilli();
    private CloudWatchLogsClient writer;
    private CloudWatchLogsClient reader;

    @BeforeEach
    void createGroupAndStream() {
        writer = client("anything");
        reader = client(console.token());
        writer.createLogGroup(r -> r.logGroupName(GROUP));
        writer.createLogStream(r -> r.logGroupName(GROUP).logStreamName(STREAM));
    }

    @AfterEach
    void closeClients() {
        writer.close();
        reader.close();
    }

    @Test
    void whatIsPutCanBeReadAndListed() {
        put(event(now, "first"), event(now + 1, "second \uD83D\uDE00 \u0001"));

        assertThat(messages(reader.getLogEvents(r -> r.logGroupName(GROUP).logStreamName(STREAM))))
                .containsExactly("first", "second \uD83D\uDE00 \u0001");
        LogStream stream = writer.describeLogStreams(r -> r.logGroupName(GROUP).logStreamNamePrefix("o"))
                .logStreams()
                .get(0);
        assertThat(stream.logStreamName()).isEqualTo(STREAM);
        assertThat(stream.firstEventTimestamp()).isEqualTo(now);
        assertThat(stream.lastEventTimestamp()).isEqualTo(now + 1);
        assertThat(client.json("/api/logs").path("logs").path(1).path("stream").asString())
                .isEqualTo(STREAM);
    }

    @Test
    void groupsAreDescribedWithTheirRetentionPageByPage() {
        writer.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(7));
        for (int i = 0; i < 60; i++) {
            String name = "other-" + i;
            writer.createLogGroup(r -> r.logGroupName(name));
        }

        assertThat(writer.describeLogGroups(r -> r.logGroupNamePrefix("/cruddur"))
                        .logGroups()
                        .get(0)
                        .retentionInDays())
                .isEqualTo(7);
        assertThat(writer.describeLogGroupsPaginator().logGroups()).hasSize(61);
    }

    @Test
    void eventsAreReadOnPageByPageFromTheHead() {
        put(IntStream.range(0, 25)
                .mapToObj(i -> event(now + i / 10, "line " + i))
                .toArray(InputLogEvent[]::new));

        List<String> read = reader
                .getLogEventsPaginator(GetLogEventsRequest.builder()
                        .logGroupName(GROUP)
                        .logStreamName(STREAM)
                        .startFromHead(true)
                        .limit(10)
                        .build())
                .stream()
                .flatMap(page -> page.events().stream())
                .map(OutputLogEvent::message)
                .toList();

        assertThat(read).hasSize(25).startsWith("line 0", "line 1").endsWith("line 24");
        GetLogEventsResponse tail = reader.getLogEvents(
                r -> r.logGroupName(GROUP).logStreamName(STREAM).limit(2));
        assertThat(messages(tail)).containsExactly("line 23", "line 24");
        assertThat(messages(reader.getLogEvents(r ->
                        r.logGroupName(GROUP).logStreamName(STREAM).limit(2).nextToken(tail.nextBackwardToken()))))
                .containsExactly("line 21", "line 22");
    }

    @Test
    void tagsAndTheClassOfAGroupAreKept() {
        writer.createLogGroup(
                r -> r.logGroupName("tagged").logGroupClass("INFREQUENT_ACCESS").tags(Map.of("team", "cruddur")));
        String arn = writer.describeLogGroups(r -> r.logGroupNamePrefix("tagged"))
                .logGroups()
                .get(0)
                .logGroupArn();

        writer.tagResource(r -> r.resourceArn(arn).tags(Map.of("stage", "local")));

        assertThat(writer.listTagsForResource(r -> r.resourceArn(arn)).tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("team", "cruddur", "stage", "local"));
        assertThat(writer.describeLogGroups(r -> r.logGroupNamePrefix("tagged"))
                        .logGroups()
                        .get(0)
                        .logGroupClassAsString())
                .isEqualTo("INFREQUENT_ACCESS");
        assertThatThrownBy(() ->
                        writer.tagResource(r -> r.resourceArn(arn + "-not").tags(Map.of("a", "b"))))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> writer.createLogGroup(r -> r.logGroupName("x").logGroupClass("GOLD")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void eventsAreFilteredByWordsStreamsAndTime() {
        writer.createLogStream(r -> r.logGroupName(GROUP).logStreamName("two"));
        put(event(now, "red apple"), event(now + 1, "green apple"), event(now + 2, "red pear"));
        writer.putLogEvents(r -> r.logGroupName(GROUP).logStreamName("two").logEvents(event(now + 1, "red cherry")));

        assertThat(reader.filterLogEventsPaginator(
                                r -> r.logGroupName(GROUP).filterPattern("red").limit(2))
                        .events())
                .extracting(found -> found.message())
                .containsExactly("red apple", "red cherry", "red pear");
        assertThat(reader.filterLogEvents(r -> r.logGroupName(GROUP)
                                .logStreamNames(STREAM)
                                .filterPattern("\"red p\"")
                                .startTime(now)
                                .endTime(now + 3))
                        .events())
                .extracting(found -> found.logStreamName() + " " + found.message())
                .containsExactly("one red pear");
        assertThatThrownBy(
                        () -> reader.filterLogEvents(r -> r.logGroupName(GROUP).filterPattern("{ $.a = 1 }")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void readingTakesTheTokenAsAccessKey() {
        put(event(now, "secret"));

        assertThatThrownBy(() -> writer.getLogEvents(r -> r.logGroupName(GROUP).logStreamName(STREAM)))
                .isInstanceOfSatisfying(
                        CloudWatchLogsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("UnrecognizedClientException"));
        assertThatThrownBy(() -> writer.filterLogEvents(r -> r.logGroupName(GROUP)))
                .isInstanceOfSatisfying(
                        CloudWatchLogsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("UnrecognizedClientException"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatIsMissingIsNotFoundAndWhatIsThereAlreadyExists() {
        assertThatThrownBy(() -> writer.putLogEvents(
                        r -> r.logGroupName("no").logStreamName(STREAM).logEvents(event(now, "x"))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("log group");
        assertThatThrownBy(() -> writer.putLogEvents(
                        r -> r.logGroupName(GROUP).logStreamName("no").logEvents(event(now, "x"))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("log stream");
        assertThatThrownBy(() -> writer.createLogGroup(r -> r.logGroupName(GROUP)))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        assertThatThrownBy(
                        () -> writer.createLogStream(r -> r.logGroupName(GROUP).logStreamName(STREAM)))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        assertThatThrownBy(() ->
                        writer.putRetentionPolicy(r -> r.logGroupName("no").retentionInDays(7)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    static Stream<Arguments> batchesThatFailAsAWhole() {
        long now = Instant.now().toEpochMilli();
        String half = "x".repeat(524_288 - 26);
        return Stream.of(
                Arguments.of("no event", List.of(), "length greater than or equal to 1"),
                Arguments.of("an empty event", List.of(event(now, "a"), event(now, "")), "logEvents.2.member.message"),
                Arguments.of("10,001 events", Collections.nCopies(10_001, event(now, "a")), "10000"),
                Arguments.of("out of order", List.of(event(now, "a"), event(now - 1, "b")), "chronological"),
                Arguments.of(
                        "over 24 hours",
                        List.of(event(now - Duration.ofHours(24).toMillis() - 1, "a"), event(now, "b")),
                        "24 hours"),
                Arguments.of(
                        "over 1 MB", List.of(event(now, half), event(now, half + "x")), "Upload too large: 1048577"),
                Arguments.of("an event over 1 MB", List.of(event(now, "x".repeat(1_048_551))), "Log event too large"),
                Arguments.of("1 MB counted in UTF-8", List.of(event(now, "é".repeat(524_276))), "too large"),
                Arguments.of("a negative time", List.of(event(-1, "a")), "logEvents.1.member.timestamp"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("batchesThatFailAsAWhole")
    void aBatchOverALimitFailsAsAWhole(String name, List<InputLogEvent> events, String reason) {
        assertThatThrownBy(() -> put(events.toArray(InputLogEvent[]::new)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(reason);

        assertThat(client.json("/api/logs").path("logs")).isEmpty();
    }

    @Test
    void aBatchAtTheLimitsIsTaken() {
        String half = "x".repeat(524_288 - 26);
        put(event(now - Duration.ofHours(24).toMillis(), half), event(now, half));
        put(event(now, "x".repeat(1_048_550)));
        put(Collections.nCopies(10_000, event(now, "a")).toArray(InputLogEvent[]::new));

        assertThat(client.json("/api/logs?limit=20000").path("logs")).hasSize(10_003);
    }

    @Test
    void eventsOutOfTheWindowOfTimeAreLeftOutAndReported() {
        long tooOld = now - Duration.ofDays(14).toMillis() - 60_000;
        RejectedLogEventsInfo old = put(event(tooOld, "too old"), event(tooOld + 120_000, "just in time"))
                .rejectedLogEventsInfo();
        assertThat(old.tooOldLogEventEndIndex()).isEqualTo(1);
        assertThat(old.tooNewLogEventStartIndex()).isNull();

        long ahead = now + Duration.ofHours(2).toMillis();
        RejectedLogEventsInfo early = put(event(now, "now"), event(ahead - 60_000, "soon"), event(ahead + 60_000, "x"))
                .rejectedLogEventsInfo();
        assertThat(early.tooNewLogEventStartIndex()).isEqualTo(2);

        writer.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(1));
        long dayAgo = now - Duration.ofDays(1).toMillis();
        RejectedLogEventsInfo expired = put(event(dayAgo - 60_000, "expired"), event(dayAgo + 60_000, "kept"))
                .rejectedLogEventsInfo();
        assertThat(expired.expiredLogEventEndIndex()).isEqualTo(1);
        assertThat(expired.tooOldLogEventEndIndex()).isNull();

        assertThat(put(event(now, "fine")).rejectedLogEventsInfo()).isNull();
        assertThat(client.json("/api/logs")
                        .path("logs")
                        .valueStream()
                        .map(line -> line.path("message").asString()))
                .containsExactly("just in time", "now", "soon", "kept", "fine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws/reserved", "with blank", "with:colon"})
    void aGroupNameOutsideTheRulesIsInvalid(String name) {
        assertThatThrownBy(() -> writer.createLogGroup(r -> r.logGroupName(name)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with:colon", "with*star"})
    void aStreamNameOutsideTheRulesIsInvalid(String name) {
        assertThatThrownBy(
                        () -> writer.createLogStream(r -> r.logGroupName(GROUP).logStreamName(name)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aRetentionThatTheServiceDoesNotOfferIsInvalid() {
        assertThatThrownBy(() ->
                        writer.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(2)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nonsense"})
    void aBodyThatIsNoJsonObjectIsAnsweredInTheServicesShape(String body) {
        var reply = client.post("/", body, "X-Amz-Target", "Logs_20140328.PutLogEvents");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(reply.json().path("__type").asString()).isEqualTo("SerializationException");
        assertThat(reply.json().path("message").asString()).isNotEmpty();
    }

    @Test
    void anUnknownOperationIsNamedSo() {
        assertThat(client.post("/", "{}", "X-Amz-Target", "Logs_20140328.Nothing")
                        .json()
                        .path("__type")
                        .asString())
                .isEqualTo("UnknownOperationException");
        assertThat(client.post("/", "{}").json().path("__type").asString()).isEqualTo("UnknownOperationException");
        assertThatThrownBy(() -> writer.describeMetricFilters(r -> r.logGroupName(GROUP)))
                .isInstanceOfSatisfying(CloudWatchLogsException.class, unknown -> {
                    assertThat(unknown.statusCode()).isEqualTo(400);
                    assertThat(unknown.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
                    assertThat(unknown.awsErrorDetails().errorMessage())
                            .isEqualTo("The console does not know this operation.");
                });
    }

    private CloudWatchLogsClient client(String accessKey) {
        return AwsClients.client(CloudWatchLogsClient.builder(), console, accessKey);
    }

    private PutLogEventsResponse put(InputLogEvent... events) {
        return writer.putLogEvents(
                r -> r.logGroupName(GROUP).logStreamName(STREAM).logEvents(events));
    }

    private static InputLogEvent event(long timestamp, String message) {
        return InputLogEvent.builder().timestamp(timestamp).message(message).build();
    }

    private static List<String> messages(GetLogEventsResponse response) {
        return response.events().stream().map(OutputLogEvent::message).toList();
    }

    @Test
    void streamsAreListedByTheirLastEvent() {
        for (int i = 0; i < 5; i++) {
            String stream = "s" + i;
            long time = now - (i * 7 % 5);
            writer.createLogStream(r -> r.logGroupName(GROUP).logStreamName(stream));
            writer.putLogEvents(r -> r.logGroupName(GROUP).logStreamName(stream).logEvents(event(time, "x")));
        }

        assertThat(writer.describeLogStreams(r -> r.logGroupIdentifier(GROUP)
                                .orderBy("LastEventTime")
                                .descending(true)
                                .limit(2))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("s0", "s3");
        assertThat(writer.describeLogStreamsPaginator(r -> r.logGroupName(GROUP)
                                .orderBy("LastEventTime")
                                .descending(true)
                                .limit(2))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("s0", "s3", "s1", "s4", "s2", STREAM);
        assertThat(writer.describeLogStreams(
                                r -> r.logGroupName(GROUP).descending(true).limit(1))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("s4");
        assertThatThrownBy(() -> writer.describeLogStreams(
                        r -> r.logGroupName(GROUP).orderBy("LastEventTime").logStreamNamePrefix("s")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        writer.describeLogStreams(r -> r.logGroupName(GROUP).orderBy("Size")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        writer.describeLogStreams(r -> r.logGroupName(GROUP).nextToken("nonsense")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void groupsAreFoundByAPartOfTheirName() {
        writer.createLogGroup(r -> r.logGroupName("other"));

        assertThat(writer.describeLogGroups(r -> r.logGroupNamePattern("backend"))
                        .logGroups())
                .extracting(group -> group.logGroupName())
                .containsExactly(GROUP);
        assertThat(writer.describeLogGroups(r -> r.logGroupNamePattern("Backend"))
                        .logGroups())
                .isEmpty();
        assertThatThrownBy(() ->
                        writer.describeLogGroups(r -> r.logGroupNamePattern("a").logGroupNamePrefix("b")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aGroupMayBeToldByItsArn() {
        put(event(now, "first"));
        String arn = writer.describeLogGroups(r -> {}).logGroups().get(0).logGroupArn();

        assertThat(messages(reader.getLogEvents(r -> r.logGroupIdentifier(arn).logStreamName(STREAM))))
                .containsExactly("first");
        assertThat(reader.filterLogEvents(r -> r.logGroupIdentifier(arn)).events())
                .hasSize(1);
        assertThatThrownBy(() ->
                        reader.filterLogEvents(r -> r.logGroupIdentifier(arn).logGroupName(GROUP)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> reader.filterLogEvents(r -> r.logGroupIdentifier(arn + "-not")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void eventsAreFilteredByHowTheirStreamBegins() {
        writer.createLogStream(r -> r.logGroupName(GROUP).logStreamName("two"));
        put(event(now, "a"));
        writer.putLogEvents(r -> r.logGroupName(GROUP).logStreamName("two").logEvents(event(now, "b")));

        assertThat(reader.filterLogEvents(r -> r.logGroupName(GROUP).logStreamNamePrefix("tw"))
                        .events())
                .extracting(found -> found.message())
                .containsExactly("b");
        assertThatThrownBy(() -> reader.filterLogEvents(
                        r -> r.logGroupName(GROUP).logStreamNamePrefix("tw").logStreamNames("two")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "red -apple | red pear,red cherry",
                "-red | green apple",
                "-\"red p\" -green | red apple,red cherry",
                "?apple ?pear | red apple,green apple,red pear",
                "?\"red p\" ?green | green apple,red pear",
                "red ?apple | red apple,red pear,red cherry",
                "?apple -green | red apple,red pear,red cherry",
                "\"-apple\" | ``"
            })
    void signsBeforeTheTermsOfAFilterMeanWhatTheyDoInTheService(String pattern, String found) {
        put(event(now, "red apple"), event(now, "green apple"), event(now, "red pear"), event(now, "red cherry"));

        assertThat(reader.filterLogEvents(r -> r.logGroupName(GROUP).filterPattern(pattern))
                        .events())
                .extracting(one -> one.message())
                .containsExactly(found.isEmpty() ? new String[0] : found.split(",", -1));
    }
}
