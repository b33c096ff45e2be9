package io.cruddur.obs.sampling;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A daemon that is away, and answers that are none. */
class OutageTest {
    private final Daemon daemon = new Daemon();
    private final Logger log = (Logger) LoggerFactory.getLogger(CentralSampler.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        // The sampler of a test before may have a last word.
        CentralSamplerTest.awaitNoThread();
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        daemon.close();
    }

    private List<String> said() {
        return lines.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    @Test
    void theSdkForgetsTheRulesAfterAnHour_oursStayInForce() {
        daemon.has(Rule.named("none", 1));
        daemon.poll();
        daemon.isDown();
        for (int i = 0; i < 300; i++) {
            daemon.after(60);
        }
        assertThat(daemon.ruleOf("/")).isEqualTo("none");
        assertThat(daemon.sampled(1_000, "/")).isZero();
    }

    @Test
    void oneLineSaysThatItBeganWhatToDoAndOneThatItEnded() {
        daemon.has(Rule.standard());
        daemon.poll();
        daemon.isDown();
        for (int i = 0; i < 100; i++) {
            daemon.sampled(1, "/");
            daemon.after(11);
        }
        assertThat(said())
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("127.0.0.1:" + daemon.port(), "status 503", "stay in force")
                .contains("xray:GetSamplingRules", "xray:GetSamplingTargets")
                .doesNotContain("\n", "\u001b");
        assertThat(lines.list)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());

        daemon.has(Rule.standard());
        daemon.answers(Daemon.TARGETS, okJson("{\"SamplingTargetDocuments\": []}"));
        daemon.sampled(1, "/");
        daemon.after(64);
        assertThat(said()).hasSize(2).last().asString().startsWith("INFO");
    }

    @Test
    void aDaemonThatComesAndGoesFillsNoLog() {
        for (int i = 0; i < 60; i++) {
            daemon.isDown();
            daemon.after(64);
            daemon.has(Rule.standard());
            daemon.after(2.5);
            daemon.after(2.5);
        }
        // At most two a minute.
        assertThat(said()).hasSizeLessThanOrEqualTo(2 * 70);
        lines.list.clear();
        for (int i = 0; i < 60; i++) {
            daemon.sampled(1, "/");
            daemon.answers(
                    Daemon.TARGETS,
                    i % 2 == 0 ? aResponse().withStatus(500) : okJson("{\"SamplingTargetDocuments\": []}"));
            daemon.after(10.6);
        }
        assertThat(said()).hasSizeLessThanOrEqualTo(2 * 12);
    }

    @Test
    void aDaemonThatComesLateIsAskedSoonerThanEveryFiveMinutes() {
        daemon.isDown();
        daemon.poll();
        assertThat(said()).singleElement().asString().contains("1 trace a second and 5% of the rest");
        daemon.has(Rule.standard());
        daemon.after(1.06);
        assertThat(daemon.ruleOf("/")).isEqualTo("Default");
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void anAnswerThatIsNoneChangesNothing(String what, ResponseDefinitionBuilder answer) {
        daemon.has(Rule.named("known", 1));
        daemon.poll();
        daemon.sampled(1, "/");
        daemon.answers(Daemon.RULES, answer);
        daemon.answers(Daemon.TARGETS, answer);
        daemon.after(316);
        assertThat(daemon.ruleOf("/")).as(what).isEqualTo("known");
        assertThat(said())
                .as(what)
                .singleElement()
                .asString()
                .startsWith("WARN")
                .hasSizeLessThan(700);
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                Arguments.of("a page", aResponse().withBody("<html>" + "x".repeat(5_000))),
                Arguments.of("an error", aResponse().withStatus(500).withBody("y".repeat(5_000))),
                Arguments.of("not allowed", aResponse().withStatus(403).withBody("{\"message\": \"no\"}")),
                Arguments.of("asks who it is", aResponse().withStatus(401).withHeader("WWW-Authenticate", "Basic")),
                Arguments.of("elsewhere", aResponse().withStatus(302).withHeader("Location", "/other")),
                Arguments.of("huge", aResponse().withBody("{\"a\": \"" + "x".repeat(1 << 20) + "\"}")),
                Arguments.of("deep", aResponse().withBody("{\"a\": " + "[".repeat(100_000))),
                Arguments.of("nothing", aResponse().withBody("")),
                Arguments.of("null", aResponse().withBody("null")),
                Arguments.of("empty", aResponse().withBody("{}")),
                Arguments.of("of other types", aResponse().withBody("{\"SamplingRuleRecords\": {}}")),
                Arguments.of("lenient", aResponse().withBody("{SamplingRuleRecords: [], SamplingTargetDocuments: 1}")),
                Arguments.of("two", aResponse().withBody("{} {}")),
                Arguments.of("cut off", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of("hung up", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of("not HTTP", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
    }

    @Test
    void rulesThatNobodyCanUseAreNoAnswerEither() {
        daemon.has(Rule.named("known", 1));
        daemon.poll();
        daemon.has(Rule.named("new", 1).with("Version", 2));
        daemon.after(316);
        assertThat(daemon.ruleOf("/")).isEqualTo("known");
    }
}
