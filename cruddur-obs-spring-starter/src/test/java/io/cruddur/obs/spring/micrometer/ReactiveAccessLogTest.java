package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The access lines of WebFlux are those of servlets. */
class ReactiveAccessLogTest {
    private static CapturedLines lines;
    private static TwoServices services;

    @BeforeAll
    static void start() throws Exception {
        services = new TwoServices(
                "cruddur.obs.logs.access-logger=reactive.access",
                "cruddur.obs.logs.access-exclude=/rows/quiet",
                "cruddur.obs.trace.exclude=defaults,/rows/unseen",
                "management.endpoints.web.base-path=/manage");
        lines = CapturedLines.of("reactive.access");
    }

    @AfterAll
    static void stop() {
        lines.close();
        services.close();
    }

    @Test
    void aRequestHasOneLineWithItsIds() throws Exception {
        HttpResponse<String> answer =
                services.getBack("/rows/ann;jsessionid=1?token=secret&page=2", "User-Agent", "test/1");
        CapturedLines.Line line = only("/rows/ann");
        assertThat(line.message())
                .matches(
                        "\\[\\d{4}-\\w{3}-\\d\\d \\d\\d:\\d\\d] 127\\.0\\.0\\.1 GET http /rows/ann;jsessionid=\\?token=&page= 200");
        assertThat(line.level()).isEqualTo("INFO");
        assertThat(line.fields())
                .containsEntry("method", "GET")
                .containsEntry("route", "/rows/{user}")
                .containsEntry("path", "/rows/ann;jsessionid=?token=&page=")
                .containsEntry("status", 200)
                .containsEntry("bytes", (long) answer.body().length())
                .containsEntry("userAgent", "test/1")
                .containsEntry("remoteAddress", "127.0.0.1")
                .doesNotContainKey("errorUuid");
        assertThat(line.fields().get("durationMs"))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isPositive();
        assertThat(answer.headers().firstValue("X-Amzn-Trace-Id").orElseThrow())
                .contains(line.mdc().get("xrayTraceId"));
    }

    @Test
    void whatFailsSaysUnderWhichUuidItIsReported() throws Exception {
        assertThat(services.getBack("/rows/broken").statusCode()).isEqualTo(500);
        CapturedLines.Line line = only("/rows/broken");
        assertThat(line.level()).isEqualTo("ERROR");
        assertThat(line.fields()).containsEntry("status", 500);
        assertThat(line.fields().get("errorUuid")).asString().hasSize(36);
    }

    @Test
    void aRefusalIsReportedWhereItIsTheServersFailure() throws Exception {
        assertThat(services.getBack("/refused/502").statusCode()).isEqualTo(502);
        assertThat(only("/refused/502").fields().get("errorUuid")).asString().hasSize(36);
        assertThat(services.getBack("/refused/404").statusCode()).isEqualTo(404);
        assertThat(only("/refused/404").fields()).doesNotContainKey("errorUuid");
    }

    @Test
    void whatIsNotThereIsAWarning() throws Exception {
        services.getBack("/nowhere/at/all");
        CapturedLines.Line line = only("/nowhere/at/all");
        assertThat(line.level()).isEqualTo("WARN");
        assertThat(line.fields()).containsEntry("status", 404);
    }

    @Test
    void pathsThatAreExcludedHaveNone() throws Exception {
        services.getBack("/rows/quiet");
        services.getBack("/rows/unseen");
        services.getBack("/manage/health");
        services.getBack("/rows/after");
        only("/rows/after");
        assertThat(lines("/rows/quiet")).isEmpty();
        assertThat(lines("/rows/unseen")).isEmpty();
        assertThat(lines("/manage/health")).isEmpty();
    }

    private static List<CapturedLines.Line> lines(String path) {
        return lines.lines().stream()
                .filter(line -> line.message().contains(path))
                .toList();
    }

    private static CapturedLines.Line only(String path) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> !lines(path).isEmpty());
        return assertThat(lines(path)).singleElement().actual();
    }
}
