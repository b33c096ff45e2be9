package io.cruddur.obs.test.http;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whose trace is gone on with, and who is believed to be whom. */
abstract class TrustCases extends OutcomeCases {
    private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String ID = "5759e988bd862e3fe1be46a994272793";
    private static final String PARENT = "53995c3f42cd8ad8";
    private static final String SAMPLED = "Root=" + ROOT + ";Parent=" + PARENT + ";Sampled=1";
    private static final String W3C = "00-" + ID + '-' + PARENT + "-01";

    @Test
    void aTrustedCallersTraceIsGoneOnWith() throws Exception {
        get("/ok", "X-Amzn-Trace-Id", SAMPLED);

        CapturedSpan segment = segment();
        assertThat(segment.traceId()).isEqualTo(ROOT);
        assertThat(segment.parentId()).hasValue(PARENT);
        assertThat(segment.document().has("metadata")).isFalse();
    }

    @Test
    void aLoadBalancersRootWithoutAParentIsGoneOnWith() throws Exception {
        get("/ok", "X-Amzn-Trace-Id", "Self=1-67891234-12456789abcdef012345678a;Root=" + ROOT);

        CapturedSpan segment = segment();
        assertThat(segment.traceId()).isEqualTo(ROOT);
        assertThat(segment).beginsATrace();
    }

    @Test
    void aTrustedTraceparentIsGoneOnWith() throws Exception {
        get("/ok", "traceparent", W3C);

        CapturedSpan segment = segment();
        assertThat(segment.traceId()).isEqualTo(ROOT);
        assertThat(segment.parentId()).hasValue(PARENT);
    }

    @Test
    void aTrustedTraceInZipkinsFormIsGoneOnWith() throws Exception {
        get("/ok", "b3", ID + '-' + PARENT + "-1");
        assertThat(segment().traceId()).isEqualTo(ROOT);

        get("/ok", "X-B3-TraceId", ID, "X-B3-SpanId", PARENT, "X-B3-Sampled", "1");
        assertThat(segment().traceId()).isEqualTo(ROOT);
    }

    @Test
    void aTrustedCallersNoIsHeeded() throws Exception {
        assertThat(toldTraceId(get("/ok", "X-Amzn-Trace-Id", "Root=" + ROOT + ";Sampled=0")))
                .isEqualTo(ROOT);
    }

    @Test
    void aTrustedCallersQuestionIsAnsweredByTheSampler() throws Exception {
        get("/ok", "X-Amzn-Trace-Id", "Root=" + ROOT + ";Sampled=?");
        assertThat(segment().traceId()).isEqualTo(ROOT);

        recordNothing();
        assertThat(toldTraceId(get("/ok", "X-Amzn-Trace-Id", "Root=" + ROOT + ";Sampled=?")))
                .isEqualTo(ROOT);
    }

    @Test
    void aMalformedHeaderBeginsANewTraceAndIsCounted() throws Exception {
        long before = obs().ignoredTraceHeaders();
        List<String> malformed = List.of(
                "Root=1-5759e988-zd862e3fe1be46a994272793;Sampled=1",
                "Root=" + ROOT + ";Parent=short",
                "Root=" + ROOT + ";Root=" + ROOT,
                "rubbish");
        for (String header : malformed) {
            get("/ok", "X-Amzn-Trace-Id", header);

            assertThat(segment().traceId()).isNotEqualTo(ROOT);
        }
        assertThat(obs().ignoredTraceHeaders() - before).isEqualTo(malformed.size());
    }

    @Test
    void anOversizedHeaderBeginsANewTrace() throws Exception {
        get("/ok", "X-Amzn-Trace-Id", SAMPLED + ";Extra=" + "x".repeat(512));

        assertThat(segment().traceId()).isNotEqualTo(ROOT);
    }

    @Test
    void aHeaderThatComesTwiceBeginsANewTrace() throws Exception {
        get("/ok", "X-Amzn-Trace-Id", SAMPLED, "X-Amzn-Trace-Id", SAMPLED);

        assertThat(segment().traceId()).isNotEqualTo(ROOT);
    }

    @Test
    void aStrangersTraceIsOnlyNoted() throws Exception {
        getAsStranger("/ok", "X-Amzn-Trace-Id", SAMPLED, "traceparent", W3C);

        CapturedSpan segment = segment();
        assertThat(segment.traceId()).isNotEqualTo(ROOT);
        assertThat(segment).beginsATrace();
        JsonNode noted = segment.document().path("metadata").path("inbound");
        assertThat(noted.path("X-Amzn-Trace-Id").asString()).isEqualTo(SAMPLED);
        assertThat(noted.path("traceparent").asString()).isEqualTo(W3C);
    }

    @Test
    void aStrangerDecidesNothing() throws Exception {
        recordNothing();
        assertThat(toldTraceId(getAsStranger("/ok", "X-Amzn-Trace-Id", SAMPLED)))
                .isNotEqualTo(ROOT);
    }

    @Test
    void aTrustedCallersBaggageIsHandedOnWithinItsLimit() throws Exception {
        String members = IntStream.range(0, 70).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));

        assertThat(get("/baggage", "baggage", "user=7").body()).isEqualTo("user=7");
        assertThat(get("/baggage", "baggage", members).body().split(",")).hasSize(64);
        assertThat(List.of(segment(), segment())).hasSize(2);
    }

    @Test
    void aStrangersBaggageIsNot() throws Exception {
        assertThat(getAsStranger("/baggage", "baggage", "user=7").body()).isEmpty();

        assertThat(segment()).hasStatus(200);
    }

    @Test
    void behindATrustedPeerTheFirstStrangerFromTheRightIsTheClient() throws Exception {
        get("/ok", "X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "198.51.100.7, 10.0.0.3");

        JsonNode request = http(segment(), "request");
        assertThat(request.path("client_ip").asString()).isEqualTo("198.51.100.7");
        assertThat(request.path("x_forwarded_for").asBoolean(false)).isTrue();
    }

    @Test
    void aForgedForwardedAddressIsNotBelieved() throws Exception {
        getAsStranger("/ok", "X-Forwarded-For", "198.51.100.7");

        JsonNode request = http(segment(), "request");
        assertThat(request.path("client_ip").asString()).isEqualTo("127.0.0.1");
        assertThat(request.has("x_forwarded_for")).isFalse();
    }
}
