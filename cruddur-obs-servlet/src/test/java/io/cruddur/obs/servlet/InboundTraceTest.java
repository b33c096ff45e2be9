package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cruddur.obs.Obs;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Whose trace is gone on with. */
class InboundTraceTest {
    private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String ID = "5759e988bd862e3fe1be46a994272793";
    private static final String SAMPLED = "Root=" + ROOT + ";Parent=53995c3f42cd8ad8;Sampled=1";
    private static final String W3C = "00-" + ID + "-53995c3f42cd8ad8-01";

    private static ObsFilter trustNobody(Obs obs) {
        return ObsFilter.builder(obs).trustedPeers(Application.NOBODY).build();
    }

    private static JsonNode segmentOf(Application app, String... headers) throws Exception {
        app.on("/hello", (request, response) -> {});
        app.get("/hello", headers);
        return app.segment();
    }

    @Test
    void aTrustedCallersTraceIsGoneOnWith() throws Exception {
        try (Application app = Application.start()) {
            JsonNode segment = segmentOf(app, "X-Amzn-Trace-Id", SAMPLED);

            assertThat(segment.path("trace_id").asString()).isEqualTo(ROOT);
            assertThat(segment.path("parent_id").asString()).isEqualTo("53995c3f42cd8ad8");
            assertThat(segment.has("metadata")).isFalse();
            assertThat(app.accessLine().context().xrayTraceId()).isEqualTo(ROOT);
        }
    }

    @Test
    void aLoadBalancersRootWithoutAParentIsGoneOnWith() throws Exception {
        try (Application app = Application.start()) {
            JsonNode segment =
                    segmentOf(app, "X-Amzn-Trace-Id", "Self=1-67891234-12456789abcdef012345678a;Root=" + ROOT);

            assertThat(segment.path("trace_id").asString()).isEqualTo(ROOT);
            assertThat(segment.has("parent_id")).isFalse();
        }
    }

    @Test
    void aTrustedTraceparentIsGoneOnWith() throws Exception {
        try (Application app = Application.start()) {
            assertThat(segmentOf(app, "traceparent", W3C).path("trace_id").asString())
                    .isEqualTo(ROOT);
        }
    }

    @Test
    void aTrustedCallersNoIsHeeded() throws Exception {
        try (Application app = Application.start()) {
            app.on("/hello", (request, response) -> {});
            app.get("/hello", "X-Amzn-Trace-Id", "Root=" + ROOT + ";Sampled=0");

            assertThat(app.accessLine().context().xrayTraceId()).isEqualTo(ROOT);
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void aStrangersTraceIsOnlyNoted() throws Exception {
        try (Application app = Application.start(InboundTraceTest::trustNobody)) {
            JsonNode segment = segmentOf(app, "X-Amzn-Trace-Id", SAMPLED, "traceparent", W3C);

            assertThat(segment.path("trace_id").asString()).isNotEqualTo(ROOT);
            assertThat(segment.has("parent_id")).isFalse();
            JsonNode inbound = segment.path("metadata").path("inbound");
            assertThat(inbound).hasSize(2);
            assertThat(inbound.path("X-Amzn-Trace-Id").asString()).isEqualTo(SAMPLED);
            assertThat(inbound.path("traceparent").asString()).isEqualTo(W3C);
        }
    }

    @ParameterizedTest
    @CsvSource({"b3, " + ID + "-53995c3f42cd8ad8-1", "X-B3-TraceId, " + ID})
    void aStrangersTraceInZipkinsFormIsOnlyNoted(String name, String value) throws Exception {
        try (Application app = Application.start(InboundTraceTest::trustNobody)) {
            JsonNode segment = segmentOf(app, name, value, "X-B3-SpanId", "53995c3f42cd8ad8");

            assertThat(segment.path("trace_id").asString()).isNotEqualTo(ROOT);
            assertThat(segment.path("metadata").path("inbound").path(name).asString())
                    .isEqualTo(value);
        }
    }

    @Test
    void aTrustedTraceInZipkinsFormIsGoneOnWith() throws Exception {
        try (Application app = Application.start()) {
            assertThat(segmentOf(app, "b3", ID + "-53995c3f42cd8ad8-1")
                            .path("trace_id")
                            .asString())
                    .isEqualTo(ROOT);
            assertThat(segmentOf(app, "X-B3-TraceId", ID, "X-B3-SpanId", "53995c3f42cd8ad8", "X-B3-Sampled", "1")
                            .path("trace_id")
                            .asString())
                    .isEqualTo(ROOT);
        }
    }

    private static Map<String, String> handedOn(Application app, String... headers) throws Exception {
        var out = new ConcurrentHashMap<String, String>();
        app.on("/hello", (request, response) -> app.obs.inject(out::put));
        app.get("/hello", headers);
        app.accessLine();
        return out;
    }

    @Test
    void aTrustedCallersBaggageAndTracestateAreHandedOn() throws Exception {
        try (Application app = Application.start()) {
            Map<String, String> out = handedOn(
                    app,
                    "traceparent",
                    W3C,
                    "tracestate",
                    "a=1",
                    "tracestate",
                    "b=2",
                    "baggage",
                    "u=1;p",
                    "baggage",
                    "v=%20");

            assertThat(out.get("traceparent")).startsWith("00-" + ID + "-").endsWith("-01");
            assertThat(out).containsEntry("tracestate", "a=1,b=2").containsEntry("baggage", "u=1;p,v=%20");
            assertThat(app.obs.ignoredTraceHeaders()).isZero();
        }
    }

    @Test
    void aTrustedCallersBaggageIsHandedOnWithoutATraceAndUnsampled() throws Exception {
        try (Application app = Application.start()) {
            assertThat(handedOn(app, "baggage", "u=1")).containsEntry("baggage", "u=1");
            assertThat(handedOn(app, "b3", "0", "baggage", "u=2"))
                    .containsEntry("baggage", "u=2")
                    .hasEntrySatisfying(
                            "X-Amzn-Trace-Id", value -> assertThat(value).endsWith("Sampled=0"));
        }
    }

    @Test
    void aStrangersBaggageAndTracestateAreNot() throws Exception {
        try (Application app = Application.start(InboundTraceTest::trustNobody)) {
            Map<String, String> out = handedOn(app, "traceparent", W3C, "tracestate", "a=1", "baggage", "u=1");

            assertThat(out).containsOnlyKeys("X-Amzn-Trace-Id", "traceparent");
            assertThat(out.get("traceparent")).doesNotContain(ID);
        }
    }

    /** CVE-2026-45292: another library held all the baggage that a caller cared to send. */
    @Test
    void cve202645292OfATrustedCallersBaggageOnlyTheLimitIsHeld() throws Exception {
        try (Application app = Application.start()) {
            String members =
                    IntStream.range(0, 70).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
            Map<String, String> out = handedOn(app, "baggage", members);

            assertThat(out)
                    .hasEntrySatisfying(
                            "baggage", value -> assertThat(value.split(",")).hasSize(64));
            assertThat(app.obs.ignoredTraceHeadersByName()).containsOnly(Map.entry("baggage", 6L));
        }
    }

    @Test
    void aRequestLeavesNoBaggageOnItsThread() throws Exception {
        try (Application app = Application.start()) {
            app.on("/put", (request, response) -> app.obs.putBaggage("left", "behind"));
            app.get("/put");
            app.accessLine();

            assertThat(handedOn(app)).doesNotContainKey("baggage");
        }
    }

    @Test
    void aStrangersTraceparentIsOnlyNoted() throws Exception {
        try (Application app = Application.start(InboundTraceTest::trustNobody)) {
            JsonNode segment = segmentOf(app, "traceparent", W3C);

            assertThat(segment.path("trace_id").asString()).isNotEqualTo(ROOT);
            assertThat(segment.path("metadata")
                            .path("inbound")
                            .path("traceparent")
                            .asString())
                    .isEqualTo(W3C);
        }
    }

    @Test
    void whatAStrangerSendsIsCutAndHasNoControlCharacters() throws Exception {
        try (Application app = Application.start(InboundTraceTest::trustNobody)) {
            app.on("/hello", (request, response) -> {});
            app.raw("GET /hello HTTP/1.1\r\nX-Amzn-Trace-Id: \u009b31m" + "x".repeat(4_000));

            String kept = app.segment()
                    .path("metadata")
                    .path("inbound")
                    .path("X-Amzn-Trace-Id")
                    .asString();
            assertThat(kept).hasSize(512).startsWith("\\u009b31mxxx");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Root=1-5759e988-zd862e3fe1be46a994272793;Sampled=1",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=short",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=yes",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Root=1-5759e988-bd862e3fe1be46a994272793",
                "Sampled=1",
                "rubbish",
            })
    void aMalformedHeaderStartsANewTraceAndIsCounted(String header) throws Exception {
        try (Application app = Application.start()) {
            JsonNode segment = segmentOf(app, "X-Amzn-Trace-Id", header);

            assertThat(segment.path("trace_id").asString()).isNotEqualTo(ROOT);
            assertThat(app.obs.ignoredTraceHeaders()).isEqualTo(1);
        }
    }

    @Test
    void anOversizedHeaderStartsANewTrace() throws Exception {
        try (Application app = Application.start()) {
            JsonNode segment = segmentOf(app, "X-Amzn-Trace-Id", SAMPLED + ";Extra=" + "x".repeat(512));

            assertThat(segment.path("trace_id").asString()).isNotEqualTo(ROOT);
            assertThat(app.obs.ignoredTraceHeaders()).isEqualTo(1);
        }
    }

    /** Whoever sends nonsense as fast as he can fills no disk. */
    @Test
    void noHeaderThatIsIgnoredIsALineOfTheLog() throws Exception {
        var lines = new ListAppender<ILoggingEvent>();
        Logger ours = (Logger) LoggerFactory.getLogger("io.cruddur.obs");
        try (Application app = Application.start()) {
            lines.start();
            ours.addAppender(lines);
            segmentOf(app, "X-Amzn-Trace-Id", "rubbish");
            segmentOf(app, "X-Amzn-Trace-Id", SAMPLED + ";Extra=" + "x".repeat(512));
            segmentOf(app, "X-Amzn-Trace-Id", SAMPLED, "X-Amzn-Trace-Id", SAMPLED);
            segmentOf(app, "traceparent", "00-" + "g".repeat(32) + "-53995c3f42cd8ad8-01");

            assertThat(app.obs.ignoredTraceHeaders()).isEqualTo(4);
            assertThat(lines.list).isEmpty();
        } finally {
            ours.detachAppender(lines);
        }
    }

    @Test
    void aHeaderThatComesTwiceStartsANewTrace() throws Exception {
        try (Application app = Application.start()) {
            JsonNode segment = segmentOf(app, "X-Amzn-Trace-Id", SAMPLED, "X-Amzn-Trace-Id", SAMPLED);

            assertThat(segment.path("trace_id").asString()).isNotEqualTo(ROOT);
            assertThat(app.obs.ignoredTraceHeaders()).isEqualTo(1);
        }
    }
}
