package io.cruddur.obs.test.http;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A request whose answer comes later, from another thread. */
abstract class AsyncCases extends DispatchCases {

    @Test
    void whatWaitsEndsOnceWithTheStatusOfItsEnd() throws Exception {
        var answer = getInBackground("/async/complete");
        gate.awaitHandler();
        assertThat(noSegmentYet()).isTrue();
        gate.open();

        CapturedSpan segment = segment();
        assertThat(segment).hasStatus(202).isOk();
        assertThat(toldTraceId(soon(answer))).isEqualTo(segment.traceId());
    }

    @Test
    void whatWaitsAndIsNotRecordedTellsItsId() throws Exception {
        recordNothing();
        var answer = getInBackground("/async/complete");
        gate.open();

        assertThat(soon(answer).headers().firstValue("X-Amzn-Trace-Id"))
                .hasValueSatisfying(header -> assertThat(header).endsWith(";Sampled=0"));
    }

    @Test
    void whatIsCompleteAtOnceEndsOnce() throws Exception {
        get("/async/immediate");

        assertThat(segment()).hasStatus(200);
    }

    @Test
    void whatIsDispatchedEndsOnceAndGoesOnInItsTrace() throws Exception {
        var answer = getInBackground("/async/dispatch");
        gate.open();
        HttpResponse<String> dispatched = soon(answer);

        CapturedSpan segment = segment();
        assertThat(segment).hasStatus(200);
        assertThat(target(segment)).isEqualTo("/async/dispatch");
        assertThat(dispatched.body()).isEqualTo(segment.traceId());
    }

    @Test
    void whatIsDispatchedAndNotRecordedGoesOnInItsTrace() throws Exception {
        recordNothing();
        var answer = getInBackground("/async/dispatch");
        gate.open();
        HttpResponse<String> dispatched = soon(answer);

        assertThat(dispatched.body()).isEqualTo(toldTraceId(dispatched));
    }

    @Test
    void whatWaitsAnewEndsOnce() throws Exception {
        needs(Feature.ASYNC_RESTART);
        var answer = getInBackground("/async/again");
        gate.open();
        gate.open();

        assertThat(soon(answer).statusCode()).isEqualTo(202);
        assertThat(segment()).hasStatus(202);
    }

    @Test
    void whatWaitsTooLongIsAFault() throws Exception {
        needs(Feature.ASYNC_TIMEOUT);
        int status = get("/async/timeout").statusCode();

        assertThat(status).isGreaterThanOrEqualTo(500);
        assertThat(segment()).hasStatus(status).isFault();
        // Some frameworks end it by an exception, which is a failure like any other.
        takeItemIfThereIsOne();
    }

    @Test
    void whatFailsLaterIsAFaultAndReportedOnce() throws Exception {
        var answer = getInBackground("/async/boom");
        gate.open();

        assertThat(soon(answer).statusCode()).isEqualTo(500);
        assertThat(segment()).hasStatus(500).failedWith(IllegalStateException.class);
        takeReports();
    }

    @Test
    void whatThrowsAfterItBeganToWaitIsOneFault() throws Exception {
        needs(Feature.THROW_AFTER_ASYNC_START);
        int status = get("/async/started-boom").statusCode();

        assertThat(status).isGreaterThanOrEqualTo(500);
        assertThat(segment()).hasStatus(status).failedWith(IllegalStateException.class);
        takeReports();
    }

    @Test
    void whatIsDispatchedAtOnceEndsOnce() throws Exception {
        needs(Feature.ASYNC_DISPATCH_AT_ONCE);
        assertThat(get("/async/dispatch-at-once").statusCode()).isEqualTo(202);

        assertThat(segment()).hasStatus(202);
    }

    @Test
    void aSpanOfTheOtherThreadIsAChild() throws Exception {
        var answer = getInBackground("/async/child");
        gate.open();

        assertThat(soon(answer).statusCode()).isEqualTo(200);
        assertThat(segment()).hasChildren("child");
    }

    @Test
    void theThreadOfOneThatWaitsIsFreeForAnother() throws Exception {
        var answer = getInBackground("/async/complete");
        gate.awaitHandler();
        for (int i = 0; i < 20; i++) {
            assertThat(get("/excluded/current").body()).isEqualTo("none");
        }
        gate.open();

        assertThat(soon(answer).statusCode()).isEqualTo(202);
        assertThat(segment()).hasStatus(202);
    }
}
