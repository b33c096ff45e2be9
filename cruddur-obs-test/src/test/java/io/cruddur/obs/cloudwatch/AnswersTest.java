package io.cruddur.obs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer, or none, means to the events. */
@Timeout(60)
class AnswersTest {
    private static final String TYPE = "application/x-amz-json-1.1";

    private LogsReceiver service;
    private CloudWatchSink sink;

    @BeforeEach
    void start() throws IOException {
        service = new LogsReceiver();
        service.createGroup(Events.GROUP);
        service.createStream(Events.GROUP, Events.STREAM);
        sink = Events.sink(Events.patient(service));
        assertThat(sink.send(Events.lines("first"))).isEqualTo(Answer.DELIVERED);
    }

    @AfterEach
    void stop() throws IOException {
        sink.close();
        service.close();
    }

    private Answer answerTo(Fault fault) {
        return answerTo(sink, fault);
    }

    private Answer answerTo(CloudWatchSink asking, Fault fault) {
        service.failNext(1, fault);
        return asking.send(Events.lines("a"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, false",
        "400, Throttling, false",
        "429, TooManyRequestsException, false",
        "400, OperationAbortedException, true",
        "400, InvalidSequenceTokenException, true",
        "500, InternalFailure, true",
        "503, ServiceUnavailableException, false",
        "500, InvalidParameterException, true",
        "400, LimitExceededException, true",
    })
    void isRetried(int status, String code, boolean mayBeTheBatch) {
        assertThat(answerTo(Fault.error(status, code))).isEqualTo(new Answer.Retry(code, Duration.ZERO, mayBeTheBatch));
        assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 408, 418, 429, 500, 502, 503, 504})
    void aProxysErrorIsRetried(int status) {
        assertThat(answerTo(Fault.answer(status, "text/html", "<html>no</html>")))
                .isEqualTo(Answer.Retry.ofStatus(status, "http_" + status, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UnrecognizedClientException",
                "InvalidSignatureException",
                "IncompleteSignature",
                "MissingAuthenticationTokenException",
                "ExpiredTokenException",
                "RequestExpired",
                "AccessDeniedException",
                "InvalidClientTokenId",
            })
    void refusedCredentialsKeepTheEvents(String code) {
        assertThat(answerTo(Fault.error(400, code))).isInstanceOfSatisfying(Answer.Unauthorized.class, answer -> {
            assertThat(answer.reason()).isEqualTo(code);
            assertThat(answer.advice()).containsAnyOf("AWS_ACCESS_KEY_ID", "logs:PutLogEvents");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void aProxyThatWantsCredentialsKeepsTheEvents(int status) {
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("WWW-Authenticate", "Basic realm=\"proxy\""),
                Map.of("Proxy-Authenticate", "Basic realm=\"proxy\""))) {
            assertThat(answerTo(Fault.answer(status, "text/html", "<html>no</html>", headers)))
                    .isInstanceOfSatisfying(
                            Answer.Unauthorized.class,
                            answer -> assertThat(answer.reason()).isEqualTo("http_" + status));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidParameterException, InvalidParameterException",
        "400, ValidationException, ValidationException",
        "400, SerializationException, SerializationException",
        "413, RequestEntityTooLarge, http_413",
    })
    void eventsThatAreToBlameAreRefused(int status, String code, String reason) {
        assertThat(answerTo(Fault.error(status, code))).isEqualTo(new Answer.Refused(reason));
    }

    @Test
    void aNameThatTheServiceDoesNotTakeIsNotTheEventsFault() {
        Fault fault = Fault.error(
                400,
                "InvalidParameterException",
                "1 validation error detected: Value at 'logStreamName' failed to satisfy constraint");
        assertThat(answerTo(fault)).isInstanceOf(Answer.Unauthorized.class);
    }

    @Test
    void aNameThatIsOnlyMentionedIsNoReasonToKeepTheEvents() {
        Fault fault = Fault.error(
                400,
                "InvalidParameterException",
                "1 validation error detected: Value at 'logEvents.1.message' says 'logGroupName' and 'logStreamName'");
        assertThat(answerTo(fault)).isEqualTo(new Answer.Refused("InvalidParameterException"));
    }

    @Test
    void whatWasAcceptedBeforeIsDelivered() {
        assertThat(answerTo(Fault.error(400, "DataAlreadyAcceptedException"))).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void theServicesWishForALongerWaitIsHeard() {
        Fault fault = Fault.answer(503, TYPE, "{\"__type\":\"ServiceUnavailable\"}", Map.of("Retry-After", "7"));
        assertThat(answerTo(fault)).isEqualTo(new Answer.Retry("ServiceUnavailable", Duration.ofSeconds(7), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999999999", ""})
    void aWishThatIsNoneIsNot(String after) {
        Fault fault = Fault.answer(503, TYPE, "{\"__type\":\"ServiceUnavailable\"}", Map.of("Retry-After", after));
        // The SDK itself trips over a negative one, which is a retry as well.
        assertThat(answerTo(fault))
                .isInstanceOfSatisfying(
                        Answer.Retry.class, retry -> assertThat(retry.after()).isZero());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Please log in</html>",
                "",
                "null",
                "[]",
                "\"ok\"",
                "ok",
                "{",
                "{\"status\":\"ok\"}",
                "{\"nextSequenceToken\":",
                "{\"rejectedLogEventsInfo\":7}garbage}",
            })
    void aSuccessWithoutTheServicesAnswerIsNone(String body) {
        long before = service.count();
        assertThat(answerTo(Fault.answer(200, "application/json", body))).isInstanceOf(Answer.Retry.class);
        assertThat(service.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " { } ", "{\"nextSequenceToken\":\"1\"}", "{\"rejectedEntityInfo\":{}}"})
    void theServicesAnswerIsOneAlsoWithoutItsHeaders(String body) {
        assertThat(answerTo(Fault.answer(200, "application/json", body))).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void anAnswerWithFieldsOfTomorrowIsOneIfItHasARequestId() {
        assertThat(answerTo(Fault.answer(200, TYPE, "{\"tomorrow\":1}", Map.of("x-amzn-RequestId", "1"))))
                .isEqualTo(Answer.DELIVERED);
    }

    @Test
    void anAnswerMayBeLongAndIsNotReadToItsEnd() {
        assertThat(answerTo(Fault.answer(200, TYPE, "{\"nextSequenceToken\":\"" + "1".repeat(8 << 20) + "\"}")))
                .isInstanceOf(Answer.Retry.class);
        assertThat(answerTo(Fault.answer(400, TYPE, "x".repeat(8 << 20)))).isEqualTo(Answer.retry("http_400"));
        assertThat(sink.send(Events.lines("a"))).isEqualTo(Answer.DELIVERED);
    }

    /** A reason becomes a counter's key; whoever answers must not be able to make up any number of them. */
    @Test
    void wordsThatAnAnswerMakesUpBecomeNoReasons() {
        for (int i = 0; i < 3; i++) {
            assertThat(answerTo(Fault.error(413, "Evil" + i + "Exception"))).isEqualTo(new Answer.Refused("http_413"));
            assertThat(answerTo(Fault.error(400, "Evil\n" + i))).isEqualTo(Answer.retry("http_400"));
        }
    }

    @Test
    void indexesThatAreOutOfRangeCountNothingTwice() {
        String body = "{\"rejectedLogEventsInfo\":{\"tooOldLogEventEndIndex\":1,\"expiredLogEventEndIndex\":99,"
                + "\"tooNewLogEventStartIndex\":-5}}";
        service.failNext(1, Fault.answer(200, TYPE, body));
        Answer answer = sink.send(Events.lines("a", "b"));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Delivered.class,
                        delivered -> assertThat(delivered.rejected()).containsOnlyKeys(0, 1));
    }

    @Test
    void rejectedEventsAreThoseOfTheBatchAndNotOfTheCall() {
        service.failNext(1, Fault.answer(200, TYPE, "{\"rejectedLogEventsInfo\":{\"tooOldLogEventEndIndex\":1}}"));
        Answer answer = sink.send(Events.lines("", "a", "", "b"));
        assertThat(answer).isEqualTo(new Answer.Delivered(Map.of(0, "empty", 1, "too_old", 2, "empty")));
    }

    @Test
    void aServiceThatHangsOrDripsIsGivenUpInTime() {
        try (CloudWatchSink impatient = Events.sink(Events.impatient(service))) {
            for (Fault fault : List.of(Fault.hang(), Fault.drip(), Fault.halfOpen())) {
                long start = System.nanoTime();
                assertThat(answerTo(impatient, fault)).isInstanceOf(Answer.Retry.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            }
            service.failNoMore();
            // Even a service that is well may need longer than the impatient give it.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> impatient.send(Events.lines("a")).equals(Answer.DELIVERED));
        }
    }

    @Test
    void aResetIsRetriedAlsoWhereTheEventsWereTaken() {
        long before = service.count();
        assertThat(answerTo(Fault.reset())).isInstanceOf(Answer.Retry.class);
        assertThat(service.count()).isEqualTo(before);
        assertThat(answerTo(Fault.resetAfterTaking())).isInstanceOf(Answer.Retry.class);
        assertThat(service.count()).isEqualTo(before + 1);
    }

    @Test
    void nobodyListens() throws IOException {
        service.close();
        assertThat(sink.send(Events.lines("a")))
                .isInstanceOfSatisfying(
                        Answer.Retry.class, retry -> assertThat(retry.reason()).contains("ConnectException"));
    }
}
