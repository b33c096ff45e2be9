package io.cruddur.obs.test.http;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a request becomes, and what it does not tell. */
abstract class RequestCases extends ContractFixture {

    @Test
    void aRequestIsOneSegmentOfTheService() throws Exception {
        assertThat(get("/ok").body()).isEqualTo("ok");

        assertThat(segment()).hasName(SERVICE).beginsATrace().isOk().hasChildren();
    }

    @Test
    void theSegmentSaysWhatWasAskedAndByWhom() throws Exception {
        get("/ok", "User-Agent", "curl/8");

        JsonNode request = http(segment(), "request");
        assertThat(request.path("method").asString()).isEqualTo("GET");
        assertThat(request.path("url").asString()).isEqualTo(uri("/ok").toString());
        assertThat(request.path("client_ip").asString()).isEqualTo("127.0.0.1");
        assertThat(request.path("user_agent").asString()).isEqualTo("curl/8");
        assertThat(request.has("x_forwarded_for")).isFalse();
    }

    @Test
    void theSegmentSaysWhatWasAnswered() throws Exception {
        get("/ok");

        JsonNode response = http(segment(), "response");
        assertThat(response.path("status").asInt(0)).isEqualTo(200);
        assertThat(response.path("content_length").asInt(0)).isEqualTo(2);
    }

    @Test
    void theCallerIsToldTheTrace() throws Exception {
        HttpResponse<String> answer = get("/ok");

        assertThat(answer.headers().firstValue("X-Amzn-Trace-Id"))
                .hasValue("Root=" + segment().traceId() + ";Sampled=1");
    }

    @Test
    void theCallerOfATraceThatIsNotRecordedIsToldItsIdToo() throws Exception {
        recordNothing();

        assertThat(get("/ok").headers().firstValue("X-Amzn-Trace-Id"))
                .hasValueSatisfying(header -> assertThat(header).endsWith(";Sampled=0"));
    }

    @Test
    void everyMethodOfHttpIsTold() throws Exception {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            send(method, Trust.LOOPBACK, "/ok");

            assertThat(http(segment(), "request").path("method").asString()).isEqualTo(method);
        }
    }

    /** CVE-2023-45142, CVE-2023-34055: methods that a stranger makes up must not become so many values. */
    @Test
    void cve202345142AMethodThatHttpDoesNotKnowIsOther() throws Exception {
        needs(Feature.ANY_METHOD);
        raw("X7F3A9 /ok HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(http(segment(), "request").path("method").asString()).isEqualTo("_OTHER");
    }

    @Test
    void ofAQueryTheNamesAreTold() throws Exception {
        get("/ok?term=s3cr3t&X-Amz-Signature=s3cr3t&s3cr3t");

        CapturedSpan segment = segment();
        assertThat(target(segment)).isEqualTo("/ok?term=&X-Amz-Signature=");
        assertThat(segment.document().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void ofAPathsParametersTheNamesAreTold() throws Exception {
        get("/ok;jsessionid=s3cr3t");

        CapturedSpan segment = segment();
        assertThat(target(segment)).isEqualTo("/ok;jsessionid=");
        assertThat(segment.document().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void noHeaderWithASecretIsTold() throws Exception {
        get(
                "/boom",
                "Authorization",
                "Bearer s3cr3t",
                "Cookie",
                "session=s3cr3t",
                "X-Api-Key",
                "s3cr3t",
                "X-Amz-Security-Token",
                "s3cr3t");

        assertThat(segment().document().toString()).doesNotContain("s3cr3t");
        assertThat(reported().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void whatAHeaderSaysInControlCharactersIsEscaped() throws Exception {
        // One byte that a terminal takes for the beginning of an escape sequence.
        raw("GET /ok HTTP/1.1\r\nHost: localhost\r\nUser-Agent: \u009b2Jgone\r\nConnection: close\r\n\r\n");

        assertThat(http(segment(), "request").path("user_agent").asString()).isEqualTo("\\u009b2Jgone");
    }

    @Test
    void theHostNamesTheSegmentWhereThatIsAsked() throws Exception {
        raw("GET /ok HTTP/1.1\r\nHost: a.named.example:8080\r\nConnection: close\r\n\r\n");

        assertThat(segment()).hasName("a.named.example:8080");
    }

    @Test
    void anyOtherHostNamesNothing() throws Exception {
        raw("GET /ok HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(segment()).hasName(SERVICE);
    }

    @Test
    void aRequestWithoutAHostIsTracedToo() throws Exception {
        raw("GET /ok HTTP/1.0\r\n\r\n");

        assertThat(segment()).hasName(SERVICE).hasStatus(200);
    }

    @Test
    void theBodyReachesTheApplicationAsItIs() throws Exception {
        String body = "a=1&b=%20".repeat(1_000);

        assertThat(post("/echo", body).body()).isEqualTo(body);

        assertThat(segment()).hasStatus(200);
    }

    @Test
    void requestsOfOneConnectionAreTracesOfTheirOwn() throws Exception {
        String request = "GET /ok HTTP/1.1\r\nHost: localhost\r\n";
        raw(request + "\r\n" + request + "Connection: close\r\n\r\n");

        assertThat(segment().traceId()).isNotEqualTo(segment().traceId());
    }

    @Test
    void requestsAtATimeAreTracesOfTheirOwn() throws Exception {
        int count = 20;
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < count; i++) {
            answers.add(getInBackground("/child"));
        }
        var told = new HashSet<String>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            told.add(Objects.requireNonNull(toldTraceId(soon(answer))));
        }

        var seen = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            CapturedSpan segment = segment();
            assertThat(segment).beginsATrace().hasChildren("child");
            seen.add(segment.traceId());
        }
        assertThat(seen).hasSize(count).isEqualTo(told);
    }

    @Test
    void aSpanOfTheHandlerIsAChild() throws Exception {
        get("/child");

        assertThat(segment()).hasChildren("child");
    }

    @Test
    void theCurrentSpanOfTheHandlerIsTheSegment() throws Exception {
        get("/annotate");

        assertThat(segment()).hasAnnotation("said", "by the handler");
    }

    @Test
    void aCallOfTheHandlerCarriesTheSegment() throws Exception {
        HttpResponse<String> answer = get("/inject");

        CapturedSpan segment = segment();
        assertThat(answer.body()).isEqualTo("Root=" + segment.traceId() + ";Parent=" + segment.id() + ";Sampled=1");
    }

    @Test
    void whatAHandlerLeavesOpenDoesNotStayOnTheThread() throws Exception {
        recordNothing();
        // So many that each of the server's threads that serves one serves another.
        for (int i = 0; i < 40; i++) {
            get("/leak");
        }
        for (int i = 0; i < 40; i++) {
            assertThat(get("/excluded/current").body()).isEqualTo("none");
        }
    }

    /** What was reported, where the adapter does that. */
    final JsonNode reported() {
        needs(Feature.ERROR_REPORTS);
        return item();
    }
}
