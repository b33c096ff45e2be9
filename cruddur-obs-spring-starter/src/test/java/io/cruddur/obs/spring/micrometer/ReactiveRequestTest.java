package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.test.CapturedSpan;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The segment of a request to WebFlux. */
class ReactiveRequestTest {
    private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String PARENT = "53995c3f42cd8ad8";

    private static TwoServices trusting;
    private static TwoServices suspicious;

    @BeforeAll
    static void start() throws Exception {
        trusting = new TwoServices();
        suspicious = new TwoServices("cruddur.obs.trace.trusted-peers=none");
    }

    @AfterAll
    static void stop() {
        trusting.close();
        suspicious.close();
    }

    @Test
    void aTrustedCallersTraceIsGoneOnWith() throws Exception {
        HttpResponse<String> answer = trusting.getBack(
                "/rows/x-amzn", "X-Amzn-Trace-Id", "Root=" + ROOT + ";Parent=" + PARENT + ";Sampled=1");
        CapturedSpan segment = segment(trusting, "/rows/x-amzn");
        assertThat(segment.traceId()).isEqualTo(ROOT);
        assertThat(segment.parentId()).contains(PARENT);
        assertThat(header(answer)).isEqualTo("Root=" + ROOT + ";Sampled=1");
    }

    @Test
    void soIsOneInW3cForm() throws Exception {
        trusting.getBack("/rows/w3c", "traceparent", "00-5759e988bd862e3fe1be46a994272794-" + PARENT + "-01");
        assertThat(segment(trusting, "/rows/w3c").traceId()).isEqualTo("1-5759e988-bd862e3fe1be46a994272794");
    }

    @Test
    void aTrustedCallersDecisionIsKept() throws Exception {
        HttpResponse<String> answer = trusting.getBack(
                "/rows/unsampled", "X-Amzn-Trace-Id", "Root=" + ROOT + ";Parent=" + PARENT + ";Sampled=0");
        assertThat(answer.body()).isEqualTo("rows of unsampled");
        assertThat(header(answer)).isEqualTo("Root=" + ROOT + ";Sampled=0");
    }

    @Test
    void anUntrustedCallersTraceIsKeptAside() throws Exception {
        String header = "Root=" + ROOT + ";Parent=" + PARENT + ";Sampled=1";
        suspicious.getBack("/rows/untrusted", "X-Amzn-Trace-Id", header, "X-Forwarded-For", "203.0.113.9");
        CapturedSpan segment = segment(suspicious, "/rows/untrusted");
        assertThat(segment.traceId()).isNotEqualTo(ROOT);
        assertThat(segment.parentId()).isEmpty();
        assertThat(segment.metadata("inbound", "X-Amzn-Trace-Id").asString()).isEqualTo(header);
        assertThat(segment.document().at("/http/request/client_ip").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void aProxysClientIsTheClient() throws Exception {
        trusting.getBack("/rows/proxied", "X-Forwarded-For", "203.0.113.9", "User-Agent", "test/1");
        CapturedSpan segment = segment(trusting, "/rows/proxied");
        assertThat(segment.document().at("/http/request/client_ip").asString()).isEqualTo("203.0.113.9");
        assertThat(segment.document().at("/http/request/x_forwarded_for").asBoolean())
                .isTrue();
        assertThat(segment.document().at("/http/request/user_agent").asString()).isEqualTo("test/1");
    }

    @Test
    void aQuerysValuesAreNotKept() throws Exception {
        trusting.getBack("/rows/query?token=secret&page=2");
        CapturedSpan segment = segment(trusting, "/rows/query");
        assertThat(segment.document().at("/http/request/url").asString()).endsWith("/rows/query?token=&page=");
        assertThat(segment.document().toString()).doesNotContain("secret");
    }

    @Test
    void whatIsNotThereIsAnErrorOfTheCaller() throws Exception {
        assertThat(trusting.getBack("/nothing/here").statusCode()).isEqualTo(404);
        CapturedSpan segment = segment(trusting, "/nothing/here");
        assertThat(segment.isError()).isTrue();
        assertThat(segment.isFault()).isFalse();
        assertThat(segment.document().at("/http/response/status").asInt()).isEqualTo(404);
        assertThat(segment.name()).isEqualTo("back");
    }

    private static String header(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Amzn-Trace-Id").orElseThrow();
    }

    private static CapturedSpan segment(TwoServices services, String path) {
        return await().atMost(20, TimeUnit.SECONDS)
                .until(
                        () -> services.traces().named("back").stream()
                                .filter(span -> span.document()
                                        .at("/http/request/url")
                                        .asString()
                                        .contains(path))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }
}
