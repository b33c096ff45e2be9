package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Which requests have a line, and what is in it, over real sockets. */
class AccessLogOptionsTest {
    private static Application start(Consumer<AccessLogOptions> options) throws Exception {
        Application app = Application.start(
                obs -> ObsFilter.builder(obs).accessLog(options).build());
        for (int status : new int[] {200, 302, 404, 503}) {
            app.on("/" + status, (request, response) -> response.setStatus(status));
        }
        return app;
    }

    @ParameterizedTest
    @CsvSource({"200, INFO", "302, INFO", "404, WARN", "503, ERROR"})
    void theLevelIsTheStatuss(int status, String level) throws Exception {
        try (Application app = start(log -> {})) {
            app.raw("GET /" + status + " HTTP/1.1");

            AccessLines.Line line = app.accessLine();
            assertThat(line.level()).isEqualTo(level);
            assertThat(line.fields()).containsEntry("status", status).containsEntry("method", "GET");
        }
    }

    @Test
    void oneLevelForAll() throws Exception {
        try (Application app = start(log -> log.level(Level.ERROR))) {
            app.get("/200");

            assertThat(app.accessLine().level()).isEqualTo("ERROR");
        }
    }

    @Test
    void anExcludedPathHasASegmentAndNoLine() throws Exception {
        try (Application app = start(log -> log.exclude(List.of("/200", "/50*")))) {
            app.get("/200");
            app.get("/503");
            app.get("/404");

            assertThat(app.accessLine().text()).endsWith("/404 404");
            for (int i = 0; i < 3; i++) {
                assertThat(app.segment().path("name").asString()).isEqualTo("backend");
            }
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void aSampleNeverHidesAnError() throws Exception {
        try (Application app = start(log -> log.sample(0))) {
            app.get("/200");
            app.get("/302");
            app.get("/404");
            app.get("/503");

            assertThat(app.accessLine().text()).endsWith("/404 404");
            assertThat(app.accessLine().text()).endsWith("/503 503");
        }
    }

    @Test
    void aSampleIsAShareOfTheRequests() throws Exception {
        int requests = 400;
        try (Application app = start(log -> log.sample(0.5))) {
            for (int i = 0; i < requests; i++) {
                app.get("/200");
            }
            app.get("/404");

            int lines = 0;
            while (!app.accessLine().text().endsWith("404")) {
                lines++;
            }
            // Twelve standard deviations to either side.
            assertThat(lines).isBetween(requests / 2 - 120, requests / 2 + 120);
        }
    }

    @Test
    void aSampleNeverHidesASlowRequest() throws Exception {
        try (Application app = start(log -> log.sample(0).slow(Duration.ZERO))) {
            app.get("/200");

            assertThat(app.accessLine().text()).endsWith("/200 200");
        }
    }

    @Test
    void theRouteIsWhatTheFrameworkMatched() throws Exception {
        try (Application app = start(log -> {})) {
            app.on(
                    "/users/7",
                    (request, response) -> request.setAttribute(
                            "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern", "/users/{id}"));
            app.get("/users/7");
            app.get("/200");

            assertThat(app.accessLine().fields())
                    .containsEntry("route", "/users/{id}")
                    .containsEntry("path", "/users/7");
            assertThat(app.accessLine().fields()).doesNotContainKey("route");
        }
    }

    @Test
    void theApplicationTellsTheRoute() throws Exception {
        try (Application app = Application.start(obs -> ObsFilter.builder(obs)
                .route(request -> {
                    if (request.getPathInfo().equals("/404")) {
                        throw new IllegalStateException("the application's own");
                    }
                    return "a\nb" + request.getPathInfo();
                })
                .build())) {
            app.on("/200", (request, response) -> {});
            app.get("/200");
            app.get("/404");

            assertThat(app.accessLine().fields()).containsEntry("route", "a\\u000ab/200");
            assertThat(app.segment().at("/annotations/http_route").asString()).isEqualTo("a\\u000ab/200");
            assertThat(app.accessLine().fields()).doesNotContainKey("route");
            assertThat(app.segment().has("annotations")).isFalse();
        }
    }

    @Test
    void theLineHasItsRequestsIds() throws Exception {
        try (Application app = start(log -> {})) {
            app.get("/200");

            assertThat(app.accessLine().context().xrayTraceId())
                    .isEqualTo(app.segment().path("trace_id").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%0d%0aforged", "%1b%5b31mred", "%e2%80%aeright"})
    void nothingInARequestForgesALine(String hostile) throws Exception {
        try (Application app = start(log -> {})) {
            app.raw("GET /200" + hostile + "?a" + hostile + "=1 HTTP/1.1\r\nUser-Agent: x\u0085y" + hostile);

            AccessLines.Line line = app.accessLine();
            for (String shown : List.of(line.text(), line.fields().toString())) {
                assertThat(shown.chars()).allMatch(c -> c >= ' ' && (c < 0x7F || c > 0x9F) && c != 0x202E);
            }
        }
    }

    @Test
    void aClientThatHangsUpHasOneLine() throws Exception {
        var hungUp = new CountDownLatch(1);
        try (Application app = start(log -> {})) {
            app.on("/endless", (request, response) -> {
                byte[] part = new byte[65_536];
                response.getOutputStream().write(part);
                response.flushBuffer();
                await(hungUp);
                while (true) {
                    // Until the container says that nobody is there.
                    response.getOutputStream().write(part);
                    response.flushBuffer();
                }
            });
            try (var socket =
                    new Socket(InetAddress.getLoopbackAddress(), app.uri("/").getPort())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream()
                        .write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isPositive();
            }
            hungUp.countDown();

            assertThat(app.accessLine().text()).contains(" GET http /endless ");
            assertThat(app.segment().at("/http/request/url").asString()).endsWith("/endless");
            app.get("/200");
            assertThat(app.accessLine().text()).endsWith("/200 200");
            assertThat(app.segment().has("id")).isTrue();
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the client is still there");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void whatCannotBeUsedSaysWhy() {
        var options = new AccessLogOptions();
        assertThatThrownBy(() -> options.sample(1.5)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> options.sample(Double.NaN)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> options.slow(Duration.ofSeconds(-1))).hasMessageContaining("not negative");
        assertThatThrownBy(() -> options.exclude(List.of("health"))).hasMessageContaining("'health'");
    }
}
