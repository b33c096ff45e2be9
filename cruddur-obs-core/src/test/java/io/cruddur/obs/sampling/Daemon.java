package io.cruddur.obs.sampling;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The daemon's TCP side on a real socket, a sampler that asks it, and the clock of both. */
final class Daemon implements AutoCloseable {
    static final String RULES = "/GetSamplingRules";
    static final String TARGETS = "/SamplingTargets";

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private final CentralSampler sampler;

    Daemon() {
        this(null, null);
    }

    Daemon(@Nullable String origin, @Nullable String resourceArn) {
        server.start();
        answers(TARGETS, okJson("{\"SamplingTargetDocuments\": []}"));
        sampler = new CentralSampler(
                new DaemonClient("127.0.0.1", server.port()),
                new ServiceFacts(origin, resourceArn),
                nanos::get,
                () -> TimeUnit.NANOSECONDS.toMillis(nanos.get()));
    }

    CentralSampler sampler() {
        return sampler;
    }

    int port() {
        return server.port();
    }

    void answers(String path, ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo(path)).willReturn(answer));
    }

    /** The account has these rules. */
    void has(Rule... rules) {
        answers(RULES, okJson(page(null, rules)));
    }

    static String page(@Nullable String next, Rule... rules) {
        var records = new ArrayList<String>();
        for (Rule rule : rules) {
            records.add("{\"SamplingRule\": " + rule.json() + ", \"CreatedAt\": 0.0, \"ModifiedAt\": 1.7E9}");
        }
        return "{\"NextToken\": " + (next == null ? "null" : '"' + next + '"') + ", \"SamplingRuleRecords\": ["
                + String.join(",", records) + "]}";
    }

    /** The service answers reports with this target for a rule. */
    void gives(String rule, String target) {
        answers(
                TARGETS,
                okJson("{\"SamplingTargetDocuments\": [{\"RuleName\": \"" + rule + "\", " + target
                        + "}], \"LastRuleModification\": 1.7E9, \"UnprocessedStatistics\": []}"));
    }

    void isDown() {
        answers(RULES, aResponse().withStatus(503).withBody("down\nfor\u001b[31m now"));
        answers(TARGETS, aResponse().withStatus(503));
    }

    WireMockServer server() {
        return server;
    }

    long epochSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.get());
    }

    /** Lets the time pass, and does what is due then. */
    void after(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
        poll();
    }

    void poll() {
        assertWait(sampler.poll());
    }

    private static void assertWait(long nanos) {
        if (nanos < 0 || nanos > TimeUnit.SECONDS.toNanos(3_780)) {
            throw new AssertionError("waits " + nanos + " ns");
        }
    }

    /** Decisions of a second. */
    int sampled(int requests, String path) {
        int sampled = 0;
        for (int i = 0; i < requests; i++) {
            sampled += sampler.sample("service", Request.get(path)).sampled() ? 1 : 0;
        }
        return sampled;
    }

    @Nullable String ruleOf(String path) {
        return sampler.sample("service", Request.get(path)).rule();
    }

    int calls(String path) {
        return server.findAll(postRequestedFor(urlEqualTo(path))).size();
    }

    /** What was reported so far, call by call. */
    List<JsonNode> reports() {
        return server.findAll(postRequestedFor(urlEqualTo(TARGETS))).stream()
                .map(call ->
                        JsonMapper.shared().readTree(call.getBodyAsString()).path("SamplingStatisticsDocuments"))
                .toList();
    }

    /** The documents of the calls that were answered with the header {@code Call}. */
    List<JsonNode> takenReports() {
        var documents = new ArrayList<JsonNode>();
        server.getAllServeEvents().forEach(event -> {
            if (event.getResponse().getHeaders().getHeader("Call").isPresent()) {
                JsonMapper.shared()
                        .readTree(event.getRequest().getBodyAsString())
                        .path("SamplingStatisticsDocuments")
                        .forEach(documents::add);
            }
        });
        return documents;
    }

    @Override
    public void close() {
        sampler.close();
        server.stop();
    }
}
