package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cruddur.obs.test.CapturedSpan;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request through two services, on every kind of thread that Spring has. */
class OneTreeTest {
    private static final String TREE = "front(127.0.0.1(back(job(ROWS, XRay))))";

    @ParameterizedTest(name = "virtual threads: {0}")
    @ValueSource(booleans = {false, true})
    void aRequestIsOneTree(boolean virtualThreads) throws Exception {
        assumeTrue(!virtualThreads || Runtime.version().feature() >= 21, "Java " + Runtime.version());
        try (var services = new TwoServices("spring.threads.virtual.enabled=" + virtualThreads);
                var lines = CapturedLines.of("two.services")) {
            assertThat(services.get("/activities/ada?token=secret").body()).isEqualTo("rows of ada");
            succeeds(tree(services, 1), lines);
            assertThat(lines.line("async").thread())
                    .isNotEqualTo(lines.line("controller").thread());
            for (String threads : List.of("controller", "async")) {
                assertThat(lines.line(threads).isVirtual()).as(threads).isEqualTo(virtualThreads);
            }

            lines.lines().clear();
            HttpResponse<String> failed = services.get("/activities/broken");
            assertThat(failed.statusCode()).isEqualTo(500);
            fails(tree(services, 2), failed);
            linesHaveIds(tree(services, 2), lines);
            assertThat(services.traces().orphans()).isEmpty();
            assertThat(services.traces().named("back")).hasSize(2);
        }
    }

    @Test
    void aRequestIsOneTreeWhereBeansAreLazy() throws Exception {
        try (var services = new TwoServices("spring.main.lazy-initialization=true");
                var lines = CapturedLines.of("two.services")) {
            assertThat(services.get("/activities/ada?token=secret").body()).isEqualTo("rows of ada");
            succeeds(tree(services, 1), lines);
        }
    }

    /** The last of so many requests; an answer may be here before its segments have ended. */
    private static CapturedSpan tree(TwoServices services, int requests) {
        return await().atMost(20, TimeUnit.SECONDS)
                .until(
                        () -> services.traces().named("front"),
                        fronts -> fronts.size() == requests
                                && fronts.get(requests - 1).toString().equals(TREE))
                .get(requests - 1);
    }

    private static void succeeds(CapturedSpan front, CapturedLines lines) {
        CapturedSpan call = front.children().get(0);
        CapturedSpan back = call.children().get(0);
        CapturedSpan job = back.children().get(0);
        assertThat(back.traceId()).isEqualTo(front.traceId());
        CapturedSpan sql = job.children().get(0);
        CapturedSpan aws = job.children().get(1);
        assertThat(sql.document().path("namespace").asString()).isEqualTo("remote");
        assertThat(sql.document().at("/sql/database_type").asString()).isEqualTo("H2");
        assertThat(aws.document().path("namespace").asString()).isEqualTo("aws");
        assertThat(aws.document().at("/aws/operation").asString()).isEqualTo("GetSamplingRules");

        assertThat(front.annotation("http_route")).contains("/activities/{user}");
        assertThat(front.document().at("/http/request/url").asString()).endsWith("/activities/ada?token=");
        assertThat(call.document().path("namespace").asString()).isEqualTo("remote");
        assertThat(call.document().at("/http/request/method").asString()).isEqualTo("GET");
        assertThat(call.document().at("/http/request/url").asString()).endsWith("/rows/ada");
        assertThat(call.document().at("/http/response/status").asInt()).isEqualTo(200);
        assertThat(call.annotation("uri")).contains("/rows/{user}");
        assertThat(back.annotation("http_route")).contains("/rows/{user}");
        assertThat(back.document().at("/http/request/client_ip").asString()).isEqualTo("127.0.0.1");
        assertThat(back.document().at("/http/response/status").asInt()).isEqualTo(200);

        linesHaveIds(front, lines);
    }

    private static void linesHaveIds(CapturedSpan front, CapturedLines lines) {
        CapturedSpan back = front.children().get(0).children().get(0);
        CapturedSpan job = back.children().get(0);
        inSpan(lines, "controller", front, front);
        inSpan(lines, "async", front, front);
        inSpan(lines, "reactive", front, back);
        inSpan(lines, "another thread", front, back);
        inSpan(lines, "job", front, job);
        // The schedule's own trace, around and after the request's work; after it, the answer has left already.
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(lines.lines())
                        .extracting(CapturedLines.Line::message)
                        .contains("scheduled again"));
        for (String own : List.of("scheduled", "scheduled again")) {
            assertThat(lines.line(own).mdc().get("traceId")).isNotNull().isNotEqualTo(w3c(front));
        }
    }

    private static void inSpan(CapturedLines lines, String message, CapturedSpan root, CapturedSpan span) {
        assertThat(lines.line(message).mdc())
                .as(message)
                .containsEntry("traceId", w3c(root))
                .containsEntry("xrayTraceId", root.traceId())
                .containsEntry("spanId", span.id());
    }

    private static String w3c(CapturedSpan span) {
        return span.traceId().substring(2).replace("-", "");
    }

    private static void fails(CapturedSpan front, HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("X-Amzn-Trace-Id").orElseThrow()).contains(front.traceId());
        CapturedSpan call = front.children().get(0);
        CapturedSpan back = call.children().get(0);
        CapturedSpan job = back.children().get(0);
        for (CapturedSpan span : List.of(front, call, back, job)) {
            assertThat(span.isFault()).as(span.name()).isTrue();
        }
        assertThat(job.exceptionTypes()).contains("java.lang.IllegalStateException");
        // The same exception, which X-Ray shows where it began.
        assertThat(back.document().path("cause").asString())
                .isEqualTo(job.document().at("/cause/exceptions/0/id").asString());
        assertThat(back.document().at("/http/response/status").asInt()).isEqualTo(500);
    }
}
