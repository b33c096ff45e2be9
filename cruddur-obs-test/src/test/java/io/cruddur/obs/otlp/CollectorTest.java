package io.cruddur.obs.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.OtlpObs;
import io.cruddur.obs.Span;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.otlp.OtlpAnswer;
import io.cruddur.obs.test.otlp.OtlpReceiver;
import io.cruddur.obs.test.otlp.ReceivedRequest;
import io.cruddur.obs.test.otlp.ReceivedSpan;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SqlCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Over real sockets, what only this protocol has; the rest is in the contract of all sinks. */
@Timeout(60)
class CollectorTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final OtlpReceiver collector = new OtlpReceiver();
    private final OtlpSettings settings = OtlpSettings.collector(collector.endpoint(), OtlpResource.of("shop"));

    CollectorTest() throws IOException {}

    @AfterEach
    void stop() {
        collector.close();
    }

    private static Obs open(OtlpSettings to) {
        return OtlpObs.sending(to, unused -> {});
    }

    private static DeliveryReport.Sink law(Obs obs) {
        return obs.report().sinks().get(0);
    }

    private static void record(Obs obs, int count) {
        for (int i = 0; i < count; i++) {
            obs.trace("span " + i).run(span -> {});
        }
    }

    @Test
    void requestsAreCompressedAndSayWhatTheyAre() {
        try (Obs obs = open(settings.withHeaders(Map.of("X-Team", "shop")))) {
            record(obs, 3);
            assertThat(obs.flush(SOON).isComplete()).isTrue();
        }
        ReceivedRequest request = collector.requests().get(0);
        assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-protobuf");
        assertThat(request.header("X-Team")).isEqualTo("shop");
        assertThat(request.header("User-Agent")).startsWith("cruddur-obs");
        assertThat(collector.spans()).hasSize(3);
    }

    @Test
    void whatACollectorRefusedIsCountedAndNotSentAgain() {
        var log = (Logger) LoggerFactory.getLogger(Answers.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        collector.answerNext(1, OtlpAnswer.partialSuccess(1, "too old\n\u001B[31m" + "x".repeat(5_000)));
        try (Obs obs = open(settings)) {
            record(obs, 5);
            obs.flush(SOON);
            assertThat(law(obs).delivered()).isEqualTo(4);
            assertThat(law(obs).lost()).isEqualTo(Map.of("rejected_by_collector", 1L));
        } finally {
            log.detachAppender(lines);
        }
        // In as many requests as the worker made of them.
        assertThat(collector.spans().stream().map(ReceivedSpan::spanId))
                .hasSize(5)
                .doesNotHaveDuplicates();
        assertThat(lines.list).hasSize(1);
        String said = lines.list.get(0).getFormattedMessage();
        assertThat(said)
                .startsWith("The collector refused 1 spans, which are lost: too old\\u000a\\u001b[31mxxx")
                .hasSizeLessThan(400);
    }

    @Test
    void moreSpansThanRecordsAreRefusedIsNoMoreThanAllOfThem() {
        collector.answerNext(4, OtlpAnswer.partialSuccess(1_000, "none of them"));
        try (Obs obs = open(settings)) {
            record(obs, 4);
            obs.flush(SOON);
            assertThat(law(obs).lost()).isEqualTo(Map.of("rejected_by_collector", 4L));
        }
    }

    @Test
    void aWarningWithoutRefusalsIsADelivery() {
        collector.answerNext(1, OtlpAnswer.partialSuccess(0, "soon too many"));
        try (Obs obs = open(settings)) {
            record(obs, 4);
            assertThat(obs.flush(SOON).isComplete()).isTrue();
            assertThat(law(obs).delivered()).isEqualTo(4);
        }
    }

    @Test
    void aRequestThatIsTooLargeIsHalvedAndWhatIsTooLargeAloneIsLost() {
        collector.maxBytes(20_000);
        try (Obs obs = open(settings)) {
            obs.trace("small").run(span -> {});
            obs.trace("large").run(span -> span.metadata("text", "y".repeat(50_000)));
            obs.trace("small too").run(span -> {});
            obs.flush(SOON);
            assertThat(law(obs).delivered()).isEqualTo(2);
            assertThat(law(obs).lost()).isEqualTo(Map.of("http_413", 1L));
        }
        assertThat(collector.spans().stream().map(ReceivedSpan::name)).containsExactly("small", "small too");
    }

    @Test
    void aCollectorThatRefusesFourMegabytesGetsMoreThanThatInSmallerRequests() {
        collector.maxBytes(4 << 20);
        try (Obs obs = open(settings)) {
            for (int i = 0; i < 100; i++) {
                obs.trace("span " + i).run(span -> span.metadata("text", "z".repeat(50_000)));
            }
            assertThat(obs.flush(SOON).isComplete()).isTrue();
            assertThat(law(obs).delivered()).isEqualTo(100);
        }
        assertThat(collector.spans()).hasSize(100);
        assertThat(collector.requests())
                .hasSizeGreaterThan(1)
                .noneMatch(request -> request.body().length > 640 * 1_024);
    }

    @Test
    void aPageAndHalfAnAnswerAreNoDelivery() {
        collector.answerNext(1, OtlpAnswer.of(200, "text/html", "<html>Please sign in</html>"));
        collector.answerNext(1, OtlpAnswer.halfOf(OtlpAnswer.partialSuccess(1, "a reason that is long enough")));
        try (Obs obs = open(settings)) {
            record(obs, 1);
            await().atMost(SOON).until(() -> {
                obs.flush(Duration.ZERO);
                return law(obs).delivered() == 1;
            });
            assertThat(law(obs).lostTotal()).isZero();
        }
        assertThat(collector.requests()).hasSize(3);
        assertThat(collector.spans()).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        collector.answerNext(1, OtlpAnswer.of(307).with("Location", collector.base() + "/elsewhere"));
        try (Obs obs = open(settings)) {
            record(obs, 1);
            await().atMost(SOON).until(() -> {
                obs.flush(Duration.ZERO);
                return law(obs).delivered() == 1;
            });
        }
        assertThat(collector.requests().stream().map(ReceivedRequest::path)).containsOnly("/v1/traces");
    }

    @Test
    void spansThatStreamEarlyAreOneTreeAtTheCollector() {
        try (Obs obs = open(settings)) {
            try (Span root = obs.trace("root").server().start()) {
                for (int i = 0; i < 5_000; i++) {
                    obs.trace("child").run(child -> {});
                }
                // The worker takes what is complete while the root goes on.
                await().atMost(SOON).until(() -> collector.spans().size() > 100);
                assertThat(collector.spans()).noneMatch(span -> span.name().equals("root"));
                assertThat(collector.spans())
                        .allMatch(span -> span.parentId().equals(root.context().spanId()));
            }
            assertThat(obs.flush(SOON).isComplete()).isTrue();
        }
        List<ReceivedSpan> spans = collector.spans();
        assertThat(spans.stream().map(ReceivedSpan::spanId).distinct()).hasSize(5_001);
        assertThat(spans).hasSize(5_001);
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "WRITE_AHEAD"})
    void aRootThatNeverEndsIsNothingToSendAndNotLost(SpoolMode spool, @TempDir Path directory) {
        Obs obs = OtlpObs.sending(settings, delivery -> delivery.spool(spool).spoolDirectory(directory));
        try (obs) {
            record(obs, 1);
            Span open = obs.trace("for ever").newTrace().start();
            open.detach();
        }
        assertThat(law(obs).accepted()).isEqualTo(2);
        assertThat(law(obs).delivered()).isEqualTo(2);
        assertThat(collector.spans().stream().map(ReceivedSpan::name)).containsExactly("span 0");
    }

    @Test
    void noSecretIsInAnyByteOnTheWire() {
        String secret = "Bearer " + "Qk7".repeat(9);
        try (Obs obs = open(settings.withGzip(false))) {
            try (Span root = obs.trace("call with " + secret).server().start()) {
                root.http(new HttpRequest("GET", "http://h/p?a=" + secret, null, secret, false));
                root.annotate("said", secret).annotate("password", "Qk7plain").annotate(secret, "v");
                root.metadata("m", Map.of("deep", List.of(secret))).metadata("client_secret", "Qk7hidden");
                root.user(secret);
                root.exception(new IllegalStateException(secret, new IOException(secret)));
                obs.trace("q")
                        .client()
                        .run(q -> q.sql(
                                SqlCall.of("SELECT '" + secret + "'").withUrl("postgres://app:Qk7word@db:5432/shop")));
                obs.trace("a")
                        .client()
                        .run(a -> a.aws(AwsCall.of(secret).withTableName(secret).withResourceNames(List.of(secret))));
            }
            assertThat(obs.flush(SOON).isComplete()).isTrue();
        }
        String wire = new String(collector.requests().get(0).body(), StandardCharsets.ISO_8859_1);
        assertThat(wire).contains("call with", "SELECT", "[redacted]").doesNotContain("Qk7");
        assertThat(collector.spans()).hasSize(3);
    }
}
