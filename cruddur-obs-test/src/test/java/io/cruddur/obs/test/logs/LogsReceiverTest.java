package io.cruddur.obs.test.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stand-in says no where the service does: each limit at its edge and one over it. */
@Timeout(60)
class LogsReceiverTest {
    private static final int MOST_BYTES = 1_048_576;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    private final HttpClient client = HttpClient.newHttpClient();
    private LogsReceiver service;

    @BeforeEach
    void start() throws IOException {
        service = new LogsReceiver();
        service.createGroup("group");
        service.createStream("group", "stream");
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private record Said(int status, JsonNode body) {
        String error() {
            return body.path("__type").asString("");
        }
    }

    private Said call(String operation, Object body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(service.endpoint() + "/"))
                        .header("X-Amz-Target", "Logs_20140328." + operation)
                        .header("Authorization", "AWS4-HMAC-SHA256 Credential=local")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JsonMapper.shared().writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
        return new Said(
                answer.statusCode(), JsonMapper.shared().readTree(answer.body().isEmpty() ? "{}" : answer.body()));
    }

    private static Map<String, Object> event(long timestamp, String message) {
        return Map.of("timestamp", timestamp, "message", message);
    }

    private Said put(List<?> events) throws Exception {
        return call("PutLogEvents", Map.of("logGroupName", "group", "logStreamName", "stream", "logEvents", events));
    }

    private Said putNow(String... messages) throws Exception {
        long now = System.currentTimeMillis();
        var events = new ArrayList<>();
        for (String message : messages) {
            events.add(event(now, message));
        }
        return put(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀"})
    void bytesAreThoseOfUtf8AndTwentySixAnEvent(String character) throws Exception {
        int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        String most = character.repeat(1_000) + "x".repeat(MOST_BYTES - 2 * 26 - 1 - 1_000 * bytes);

        assertThat(putNow("x", most).status()).isEqualTo(200);
        assertThat(putNow("xx", most).error()).isEqualTo("InvalidParameterException");
        assertThat(service.count()).isEqualTo(2);
        assertThat(service.refusals()).singleElement().asString().contains("Upload too large: 1048577");
    }

    @Test
    void anEventHasAsMuchAsACall() throws Exception {
        assertThat(putNow("x".repeat(MOST_BYTES - 26)).status()).isEqualTo(200);
        assertThat(putNow("x".repeat(MOST_BYTES - 25)).error()).isEqualTo("InvalidParameterException");
    }

    @Test
    void tenThousandEventsAreTakenAndNotOneMore() throws Exception {
        long now = System.currentTimeMillis();
        assertThat(put(Collections.nCopies(10_000, event(now, "x"))).status()).isEqualTo(200);
        assertThat(put(Collections.nCopies(10_001, event(now, "x"))).error()).isEqualTo("InvalidParameterException");
        assertThat(put(List.of()).error()).isEqualTo("InvalidParameterException");
        assertThat(service.count()).isEqualTo(10_000);
    }

    @Test
    void anEmptyEventFailsTheCall() throws Exception {
        assertThat(putNow("a", "", "b").error()).isEqualTo("InvalidParameterException");
        assertThat(put(List.of(Map.of("timestamp", 1))).error()).isEqualTo("InvalidParameterException");
        assertThat(put(List.of(Map.of("message", "no time"))).error()).isEqualTo("InvalidParameterException");
        assertThat(service.count()).isZero();
    }

    @Test
    void eventsAreInOrder() throws Exception {
        long now = System.currentTimeMillis();
        assertThat(put(List.of(event(now, "a"), event(now, "b"))).status()).isEqualTo(200);
        assertThat(put(List.of(event(now, "a"), event(now - 1, "b"))).error()).isEqualTo("InvalidParameterException");
    }

    @Test
    void eventsSpanADay() throws Exception {
        long now = System.currentTimeMillis();
        assertThat(put(List.of(event(now - DAY, "a"), event(now, "b"))).status())
                .isEqualTo(200);
        assertThat(put(List.of(event(now - DAY - 1, "a"), event(now, "b"))).error())
                .isEqualTo("InvalidParameterException");
    }

    @Test
    void eventsOutOfTheirTimeAreRejectedWithASuccess() throws Exception {
        long now = System.currentTimeMillis();
        JsonNode old = put(List.of(event(now - 14 * DAY - 5_000, "old"), event(now - 14 * DAY + 60_000, "not")))
                .body();
        assertThat(old.at("/rejectedLogEventsInfo/tooOldLogEventEndIndex").asInt())
                .isEqualTo(1);
        JsonNode ahead = put(List.of(event(now + 2 * HOUR - 5_000, "not"), event(now + 2 * HOUR + 60_000, "ahead")))
                .body();
        assertThat(ahead.at("/rejectedLogEventsInfo/tooNewLogEventStartIndex").asInt())
                .isEqualTo(1);
        service.retain("group", 1);
        JsonNode expired = put(List.of(event(now - DAY - 5_000, "expired"), event(now - DAY + 60_000, "not")))
                .body();
        assertThat(expired.at("/rejectedLogEventsInfo/expiredLogEventEndIndex").asInt())
                .isEqualTo(1);
        assertThat(service.events()).extracting(ReceivedEvent::message).containsExactly("not", "not", "not");
    }

    @Test
    void whatIsMissingIsNotFound() throws Exception {
        service.deleteStream("group", "stream");
        assertThat(putNow("a").error()).isEqualTo("ResourceNotFoundException");
        service.deleteGroup("group");
        assertThat(putNow("a").error()).isEqualTo("ResourceNotFoundException");
        assertThat(call("CreateLogStream", Map.of("logGroupName", "group", "logStreamName", "stream"))
                        .error())
                .isEqualTo("ResourceNotFoundException");
        assertThat(call("PutRetentionPolicy", Map.of("logGroupName", "group", "retentionInDays", 1))
                        .error())
                .isEqualTo("ResourceNotFoundException");
    }

    @ParameterizedTest
    @CsvSource({"a b", "a:b", "aws/lambda", "''", "é"})
    void aGroupsNameHasRules(String name) throws Exception {
        assertThat(call("CreateLogGroup", Map.of("logGroupName", name)).error()).isEqualTo("InvalidParameterException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a*b", ""})
    void aStreamsNameHasRules(String name) throws Exception {
        assertThat(call("CreateLogStream", Map.of("logGroupName", "group", "logStreamName", name))
                        .error())
                .isEqualTo("InvalidParameterException");
    }

    @Test
    void namesHave512Characters() throws Exception {
        assertThat(call("CreateLogGroup", Map.of("logGroupName", "g".repeat(512)))
                        .status())
                .isEqualTo(200);
        assertThat(call("CreateLogGroup", Map.of("logGroupName", "g".repeat(513)))
                        .error())
                .isEqualTo("InvalidParameterException");
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "30, 200", "3653, 200", "0, 400", "2, 400", "31, 400", "-1, 400"})
    void aRetentionIsOneOfThose(int days, int status) throws Exception {
        assertThat(call("PutRetentionPolicy", Map.of("logGroupName", "group", "retentionInDays", days))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void whatIsThereIsNotCreatedTwice() throws Exception {
        assertThat(call("CreateLogGroup", Map.of("logGroupName", "group")).error())
                .isEqualTo("ResourceAlreadyExistsException");
        assertThat(call("CreateLogStream", Map.of("logGroupName", "group", "logStreamName", "stream"))
                        .error())
                .isEqualTo("ResourceAlreadyExistsException");
    }

    @Test
    void aGroupIsTagged() throws Exception {
        Map<String, Object> tags = Map.of("resourceArn", "arn:aws:logs:r:1:log-group:group", "tags", Map.of("a", "b"));
        assertThat(call("TagResource", tags).status()).isEqualTo(200);
        assertThat(service.tags("group")).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void whatIsNotACallIsSaidToBeNone() throws Exception {
        assertThat(call("DropTables", Map.of()).error()).isEqualTo("UnknownOperationException");
        assertThat(call("PutLogEvents", "no object").error()).isEqualTo("SerializationException");
        HttpResponse<String> unsigned = client.send(
                HttpRequest.newBuilder(service.endpoint())
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(unsigned.body()).contains("MissingAuthenticationTokenException");
    }

    @Test
    void anEntityThatLacksSomethingIsRejectedAndItsEventsAreTaken() throws Exception {
        Said said = call(
                "PutLogEvents",
                Map.of(
                        "logGroupName",
                        "group",
                        "logStreamName",
                        "stream",
                        "logEvents",
                        List.of(event(System.currentTimeMillis(), "a")),
                        "entity",
                        Map.of("keyAttributes", Map.of("Type", "Service"), "attributes", Map.of("a", "b"))));
        assertThat(said.body().at("/rejectedEntityInfo/errorType").asString()).isEqualTo("MissingRequiredFields");
        assertThat(service.count()).isEqualTo(1);
        assertThat(service.entities()).containsExactly(Map.of("Type", "Service", "+a", "b"));
    }

    @Test
    void eventsAreHandedOnOrOnlyCounted() throws Exception {
        service.close();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        service = LogsReceiver.handingTo(event -> seen.add(event.message()));
        service.createGroup("group");
        service.createStream("group", "stream");
        assertThat(putNow("a", "b").status()).isEqualTo(200);
        assertThat(seen).containsExactly("a", "b");
        service.close();
        service = LogsReceiver.counting();
        service.createGroup("group");
        service.createStream("group", "stream");
        assertThat(putNow("a", "b").status()).isEqualTo(200);
        assertThat(service.count()).isEqualTo(2);
        assertThat(service.events()).isEmpty();
    }
}
