package io.cruddur.obs.rollbar;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.cruddur.obs.ErrorLevel.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.trace.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Errors from the API to the wire, over a real socket. */
@Timeout(60)
class RollbarSinkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PATH = "/api/1/item/";
    private static final String OK = "{\"err\": 0, \"result\": {\"id\": null}}";

    @RegisterExtension
    static final WireMockExtension SERVICE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private Obs obs;

    @BeforeEach
    void start() {
        obs = Obs.builder()
                .service("backend-flask")
                .rollbarToken("token-of-this-test")
                .rollbarEndpoint(URI.create(SERVICE.baseUrl() + PATH))
                .shutdownTimeout(Duration.ofMillis(200))
                .build();
    }

    @AfterEach
    void stop() {
        obs.close();
        assertThat(obs.report().isBalanced()).isTrue();
    }

    private static void answer(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            SERVICE.stubFor(post(urlEqualTo(PATH))
                    .inScenario("script")
                    .whenScenarioStateIs(i == 0 ? "Started" : String.valueOf(i))
                    .willSetStateTo(String.valueOf(Math.min(i + 1, answers.length - 1)))
                    .willReturn(answers[i]));
        }
    }

    private static List<JsonNode> items() {
        return SERVICE.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .map(request -> new JsonMapper().readTree(request.getBodyAsString()))
                .toList();
    }

    private DeliveryReport.Sink flushed() {
        return obs.flush(SOON).sinks().get(0);
    }

    @Test
    void anExceptionIsATraceChainWithItsTrace() {
        answer(okJson(OK));
        var exception = new IllegalStateException("outer", new RuntimeException("inner"));
        String[] ids = obs.trace("request").call(span -> {
            String uuid = obs.error(exception)
                    .level(WARNING)
                    .with("activity", "a1")
                    .with("nan", Double.NaN)
                    .request(new HttpRequest("GET", "http://h/p?token=", "10.0.0.1", "curl", false))
                    .report();
            return new String[] {uuid, span.context().xrayTraceId()};
        });
        assertThat(flushed().delivered()).isEqualTo(1);
        SERVICE.verify(postRequestedFor(urlEqualTo(PATH))
                .withHeader(
                        "X-Rollbar-Access-Token",
                        com.github.tomakehurst.wiremock.client.WireMock.equalTo("token-of-this-test")));
        JsonNode data = items().get(0).path("data");
        assertThat(data.path("uuid").asString()).isEqualTo(ids[0]);
        assertThat(data.path("level").asString()).isEqualTo("warning");
        assertThat(data.path("environment").asString()).isEqualTo("production");
        assertThat(data.path("timestamp").isNumber()).isTrue();
        assertThat(data.at("/custom/xrayTraceId").asString()).isEqualTo(ids[1]);
        assertThat(data.at("/custom/activity").asString()).isEqualTo("a1");
        assertThat(data.at("/custom/nan").asString()).isEqualTo("NaN");
        assertThat(data.at("/request/url").asString()).isEqualTo("http://h/p?token=");
        JsonNode chain = data.at("/body/trace_chain");
        assertThat(chain).hasSize(2);
        assertThat(chain.at("/0/exception/class").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(chain.at("/1/exception/message").asString()).isEqualTo("inner");
        JsonNode frames = chain.at("/0/frames");
        assertThat(frames.get(frames.size() - 1).path("class_name").asString()).contains("RollbarSinkTest");
        assertThat(items().get(0).toString()).doesNotContain("10.0.0.1");
    }

    @Test
    void aMessageIsAMessage() {
        answer(okJson(OK));
        obs.error("Hello World!").level(WARNING).report();
        flushed();
        assertThat(items().get(0).at("/data/body/message/body").asString()).isEqualTo("Hello World!");
    }

    @Test
    void aRateLimitABrokenConnectionAndAProxysPageAreRetriedWithTheSameUuid() {
        answer(
                aResponse().withStatus(429).withHeader("Retry-After", "0"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(502),
                aResponse().withStatus(200).withBody("<html>welcome</html>"),
                okJson(OK));
        String uuid = obs.error("kept").report();
        // A flush does not wait for each back-off in turn: it cuts short the one that is under way.
        await().atMost(SOON).until(() -> obs.report().sinks().get(0).delivered() == 1);
        assertThat(items())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(item -> assertThat(item.at("/data/uuid").asString()).isEqualTo(uuid));
    }

    @Test
    void anItemThatRollbarCannotReadIsCounted() {
        answer(aResponse().withStatus(422).withBody("{\"err\":1}"));
        obs.error("bad").report();
        assertThat(flushed().lost()).isEqualTo(Map.of("http_422", 1L));
    }

    @Test
    void anItemThatIsTooLargeIsCutAndResent() {
        answer(aResponse().withStatus(413), aResponse().withStatus(413), okJson(OK));
        String uuid = obs.error(new IllegalStateException("x".repeat(8_000)))
                .with("text", "y".repeat(50_000))
                .report();
        assertThat(flushed().delivered()).isEqualTo(1);
        List<JsonNode> sent = items();
        assertThat(sent)
                .hasSize(3)
                .allSatisfy(item -> assertThat(item.at("/data/uuid").asString()).isEqualTo(uuid));
        assertThat(sent.get(2).toString().length())
                .isLessThan(sent.get(1).toString().length())
                .isLessThan(sent.get(0).toString().length() / 2);
        assertThat(sent.get(2).at("/data/custom/truncated").asBoolean()).isTrue();
        assertThat(sent.get(2).at("/data/body/trace/frames")).isNotEmpty();
    }

    @Test
    void oneThatIsTooLargeHoweverItIsCutIsCounted() {
        answer(aResponse().withStatus(413));
        obs.error("small").report();
        assertThat(flushed().lost()).isEqualTo(Map.of("http_413", 1L));
    }

    @Test
    void aLargeItemTravelsCompressed() {
        answer(okJson(OK), okJson(OK));
        obs.error("x".repeat(8_000)).report();
        obs.error("small").report();
        assertThat(flushed().delivered()).isEqualTo(2);
        List<String> encodings = SERVICE.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .map(request ->
                        request.containsHeader("Content-Encoding") ? request.getHeader("Content-Encoding") : "none")
                .toList();
        assertThat(encodings).containsExactly("gzip", "none");
    }

    @Test
    void allItemsWaitForAsLongAsTheLimitAsks() {
        long until = System.currentTimeMillis() / 1_000 + 60;
        answer(aResponse().withStatus(429).withHeader("x-rate-limit-reset", String.valueOf(until)), okJson(OK));
        obs.error("first").report();
        await().atMost(SOON).until(() -> items().size() == 1);
        obs.error("second").report();
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> items().size() == 1);
        assertThat(obs.report().sinks().get(0).pending()).isEqualTo(2);
        // A flush does not wait for it: whoever asks for one may be about to end.
        assertThat(flushed().delivered()).isEqualTo(2);
        assertThat(items())
                .extracting(item -> item.at("/data/body/message/body").asString())
                .containsExactly("first", "first", "second");
    }

    @Test
    void aServerThatFailsIsAskedAgainWhateverItSaysOfTheLimit() {
        long until = System.currentTimeMillis() / 1_000 + 280;
        answer(aResponse().withStatus(500).withHeader("x-rate-limit-reset", String.valueOf(until)), okJson(OK));
        obs.error("first").report();
        await().atMost(SOON).until(() -> items().size() == 2);
    }

    @Test
    void itemsGoThroughTheProxyThatIsSaid() {
        SERVICE.stubFor(
                post(com.github.tomakehurst.wiremock.client.WireMock.anyUrl()).willReturn(okJson(OK)));
        try (Obs through = Obs.builder()
                .rollbarToken("token-of-this-test")
                .rollbarEndpoint(URI.create("http://rollbar.invalid/api/1/item/"))
                .errors(errors -> errors.proxy("127.0.0.1:" + SERVICE.getPort()))
                .closeOnShutdown(false)
                .build()) {
            through.error("by proxy").report();
            assertThat(through.flush(SOON).isComplete()).isTrue();
        }
        SERVICE.verify(postRequestedFor(com.github.tomakehurst.wiremock.client.WireMock.anyUrl())
                .withHeader("Host", com.github.tomakehurst.wiremock.client.WireMock.containing("rollbar.invalid")));
        assertThatThrownBy(() -> Obs.builder().errors(errors -> errors.proxy("http://proxy")))
                .hasMessageContaining("host:port");
    }

    @Test
    void aWrongTokenKeepsTheItems() {
        answer(aResponse().withStatus(401).withBody("{\"err\":1}"));
        obs.error("kept").report();
        await().until(() -> !items().isEmpty());
        assertThat(obs.report().sinks().get(0).pending()).isEqualTo(1);
        SERVICE.resetAll();
        answer(okJson(OK));
        assertThat(flushed().delivered()).isEqualTo(1);
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUpAndTriedAgain() {
        answer(aResponse().withStatus(200).withBody(OK).withChunkedDribbleDelay(2, 60_000), okJson(OK));
        obs.error("kept").report();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> obs.report().sinks().get(0).delivered() == 1);
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> Obs.builder().rollbarToken("tok\u0007en"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("tok\u0007en");
    }

    @Test
    void theTokenIsInNoText() {
        assertThat(new RollbarSettings(
                                "token-of-this-test",
                                URI.create("http://h/"),
                                "e",
                                "s",
                                null,
                                Duration.ofSeconds(1),
                                ItemSettings.DEFAULT,
                                null)
                        .toString())
                .doesNotContain("token-of-this-test");
    }
}
