package io.cruddur.obs.test.http;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How a request ended, and what of that is reported. */
abstract class OutcomeCases extends RequestCases {

    @Test
    void aStatusBelow400IsInOrder() throws Exception {
        for (int status : new int[] {201, 204, 302, 304}) {
            assertThat(get("/status/" + status).statusCode()).isEqualTo(status);

            assertThat(segment()).hasStatus(status).isOk();
        }
    }

    @Test
    void aStatusOf400IsTheCallersError() throws Exception {
        get("/status/400");

        assertThat(segment()).hasStatus(400).isError();
    }

    @Test
    void tooManyRequestsIsAThrottle() throws Exception {
        get("/status/429");

        CapturedSpan segment = segment();
        assertThat(segment).hasStatus(429).isError();
        assertThat(segment.document().path("throttle").asBoolean(false)).isTrue();
    }

    @Test
    void aStatusOf500IsAFaultAndNotReported() throws Exception {
        get("/status/503");

        assertThat(segment()).hasStatus(503).isFault();
    }

    @Test
    void theStatusOfAnErrorThatIsSentIsTheOneThatTheCallerGets() throws Exception {
        for (int status : new int[] {403, 418, 502}) {
            assertThat(get("/send-error/" + status).statusCode()).isEqualTo(status);

            assertThat(segment()).hasStatus(status);
        }
        // Some frameworks refuse by an exception, which is a failure like any other where the status is one of the
        // server's.
        takeItemIfThereIsOne();
    }

    @Test
    void aPathThatNobodyServesIsNotFound() throws Exception {
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);

        assertThat(segment()).hasStatus(404).isError();
    }

    @Test
    void whatEscapesIsAFault() throws Exception {
        assertThat(get("/boom").statusCode()).isEqualTo(500);

        CapturedSpan segment = segment();
        assertThat(segment).hasStatus(500).failedWith(IllegalStateException.class);
        // A framework may add to it where it went through; nothing is there twice.
        assertThat(segment.exceptionTypes()).doesNotHaveDuplicates();
        takeReports();
    }

    @Test
    void whatEscapesIsReportedOnceInTheSameTrace() throws Exception {
        get("/boom?id=42");

        CapturedSpan segment = segment();
        JsonNode item = reported();
        assertThat(item.at("/body/trace/exception/message").asString()).isEqualTo("boom");
        assertThat(item.at("/request/url").asString())
                .isEqualTo(uri("/boom?id=").toString());
        assertThat(item.at("/custom/xrayTraceId").asString()).isEqualTo(segment.traceId());
    }

    @Test
    void whatEscapesOfATraceThatIsNotRecordedIsReported() throws Exception {
        String root = "1-5759e988-bd862e3fe1be46a994272793";
        get("/boom", "X-Amzn-Trace-Id", "Root=" + root + ";Sampled=0");

        assertThat(reported().at("/custom/xrayTraceId").asString()).isEqualTo(root);
    }

    @Test
    void aWrapperOfTheFrameworksSaysNothing() throws Exception {
        needs(Feature.WRAPPED_EXCEPTION);
        get("/wrapped");

        CapturedSpan segment = segment();
        assertThat(segment).hasStatus(500).isFault();
        assertThat(segment.exceptionTypes()).containsExactly(IllegalStateException.class.getName());
        takeReports();
    }

    @Test
    void whatTheApplicationHandlesIsNotReported() throws Exception {
        assertThat(get("/handled").statusCode()).isEqualTo(409);

        assertThat(segment()).hasStatus(409).isError();
    }

    @Test
    void aParameterThatCannotBeReadIsTheCallersError() throws Exception {
        needs(Feature.MALFORMED_PARAMETER);
        String answer = rawGet("/parameter?q=%zz");

        assertThat(answer).startsWith("HTTP/1.1 4");
        CapturedSpan segment = segment();
        assertThat(segment).hasStatus(Integer.parseInt(answer.substring(9, 12))).isError();
        assertThat(segment.isFault()).isFalse();
        assertThat(segment.exceptionTypes()).isEmpty();
    }

    @Test
    void whatEscapesAfterTheFirstBytesIsAFault() throws Exception {
        needs(Feature.THROW_AFTER_COMMIT);
        rawGet("/boom-late");

        assertThat(segment()).isFault();
        takeReports();
    }

    @Test
    void aPageForAnErrorIsAPartOfItsRequest() throws Exception {
        needs(Feature.ERROR_PAGE);
        assertThat(get("/send-error/410").body()).contains("the page of an error");

        assertThat(segment()).hasStatus(410).isError();
    }

    /** Whether an answer that is cut is one for a client is the client's own affair. */
    final String rawGet(String path) throws Exception {
        return raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    /** The one report, where the adapter makes one: {@link #nothingIsLeft} sees a second. */
    final void takeReports() {
        if (!missing().containsKey(Feature.ERROR_REPORTS)) {
            assertThat(item()).isNotNull();
        }
    }
}
