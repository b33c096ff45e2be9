package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cruddur.obs.Obs;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import jakarta.servlet.ServletException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a request becomes. */
class ObsFilterTest {

    @Test
    void aRequestIsASegmentWithALineOfTheSameTrace() throws Exception {
        try (Application app = Application.start()) {
            app.on("/hello", (request, response) -> {
                response.setContentLength(5);
                response.getOutputStream().print("hello");
                response.flushBuffer();
            });

            HttpResponse<String> answer = app.get("/hello", "User-Agent", "curl/8");

            JsonNode segment = app.segment();
            assertThat(segment.path("name").asString()).isEqualTo("backend");
            assertThat(segment.has("end_time")).isTrue();
            assertThat(segment.has("parent_id")).isFalse();
            assertThat(segment.has("fault")).isFalse();
            JsonNode request = segment.path("http").path("request");
            assertThat(request.path("method").asString()).isEqualTo("GET");
            assertThat(request.path("url").asString())
                    .isEqualTo(app.uri("/hello").toString());
            assertThat(request.path("client_ip").asString()).isEqualTo("127.0.0.1");
            assertThat(request.path("user_agent").asString()).isEqualTo("curl/8");
            assertThat(request.has("x_forwarded_for")).isFalse();
            JsonNode response = segment.path("http").path("response");
            assertThat(response.path("status").asInt()).isEqualTo(200);
            assertThat(response.path("content_length").asInt()).isEqualTo(5);

            String traceId = segment.path("trace_id").asString();
            assertThat(answer.headers().firstValue("X-Amzn-Trace-Id")).hasValue("Root=" + traceId + ";Sampled=1");

            AccessLines.Line line = app.accessLine();
            assertThat(line.text())
                    .matches("\\[\\d{4}-[A-Z][a-z]{2}-\\d{2} \\d{2}:\\d{2}] 127\\.0\\.0\\.1 GET http /hello 200");
            assertThat(line.level()).isEqualTo("INFO");
            assertThat(line.context().xrayTraceId()).isEqualTo(traceId);
            assertThat(line.context().spanId()).isEqualTo(segment.path("id").asString());
            assertThat(line.fields())
                    .containsEntry("method", "GET")
                    .containsEntry("path", "/hello")
                    .containsEntry("status", 200)
                    .containsEntry("remoteAddress", "127.0.0.1")
                    .containsEntry("userAgent", "curl/8")
                    .containsEntry("bytes", 5L)
                    .containsKey("durationMs");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void aSegmentIsNamedByItsHostOnlyWhereThatIsAsked() throws Exception {
        try (var app = new Application("", builder -> builder.namedByHost("127.0.0.?:*"), ObsFilter::create)) {
            app.get("/hello");
            assertThat(app.segment().path("name").asString())
                    .isEqualTo(app.uri("/hello").getAuthority());
        }
        try (var app = new Application("", builder -> builder.namedByHost("*.example"), ObsFilter::create)) {
            app.get("/hello");
            assertThat(app.segment().path("name").asString()).isEqualTo("backend");
        }
    }

    @Test
    void spansOfTheHandlerAreInsideTheSegment() throws Exception {
        try (Application app = Application.start()) {
            app.on("/work", (request, response) -> app.obs.trace("work").run(() -> {}));

            app.get("/work");

            JsonNode segment = app.segment();
            assertThat(segment.path("subsegments").path(0).path("name").asString())
                    .isEqualTo("work");
        }
    }

    @Test
    void notFoundIsAnErrorAndAWarning() throws Exception {
        try (Application app = Application.start()) {
            app.get("/nowhere");

            JsonNode segment = app.segment();
            assertThat(segment.path("http").path("response").path("status").asInt())
                    .isEqualTo(404);
            assertThat(segment.path("error").asBoolean()).isTrue();
            assertThat(segment.has("fault")).isFalse();
            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).endsWith("GET http /nowhere 404");
            assertThat(line.level()).isEqualTo("WARN");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void anExceptionThatEscapesIsAFaultAndOneReportOfTheSameTrace() throws Exception {
        try (Application app = Application.start()) {
            app.on("/boom", (request, response) -> {
                throw new ServletException("wrapper", new IllegalStateException("the boom"));
            });

            assertThat(app.get("/boom?id=42").statusCode()).isEqualTo(500);

            JsonNode segment = app.segment();
            assertThat(segment.path("fault").asBoolean()).isTrue();
            assertThat(segment.path("http").path("response").path("status").asInt())
                    .isEqualTo(500);
            JsonNode exceptions = segment.path("cause").path("exceptions");
            assertThat(exceptions).hasSize(1);
            assertThat(exceptions.path(0).path("message").asString()).isEqualTo("the boom");

            JsonNode data = app.item();
            assertThat(data.path("body")
                            .path("trace")
                            .path("exception")
                            .path("message")
                            .asString())
                    .isEqualTo("the boom");
            assertThat(data.path("request").path("url").asString())
                    .isEqualTo(app.uri("/boom?id=").toString());
            String traceId = segment.path("trace_id").asString();
            assertThat(data.path("custom").path("xrayTraceId").asString()).isEqualTo(traceId);

            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).endsWith("GET http /boom?id= 500");
            assertThat(line.level()).isEqualTo("ERROR");
            assertThat(line.context().xrayTraceId()).isEqualTo(traceId);
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void aForwardIsAPartOfItsRequest() throws Exception {
        try (Application app = Application.start()) {
            app.on("/there", (request, response) -> response.setStatus(202));
            app.on(
                    "/here",
                    (request, response) ->
                            request.getRequestDispatcher("/there").forward(request, response));

            app.get("/here");

            assertThat(app.segment()
                            .path("http")
                            .path("response")
                            .path("status")
                            .asInt())
                    .isEqualTo(202);
            assertThat(app.accessLine().text()).endsWith("/here 202");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void aTraceThatIsNotRecordedHasItsLineAndItsHeader() throws Exception {
        try (var app = new Application("", builder -> builder.sampler(Sampler.never()), ObsFilter::create)) {
            app.on("/hello", (request, response) -> {});

            HttpResponse<String> answer = app.get("/hello");

            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).endsWith("GET http /hello 200");
            assertThat(answer.headers().firstValue("X-Amzn-Trace-Id"))
                    .hasValue("Root=" + line.context().xrayTraceId() + ";Sampled=0");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void samplingRulesSeeTheRequest() throws Exception {
        var seen = new AtomicReference<@Nullable InboundRequest>();
        Sampler sampler = (name, request) -> {
            seen.set(request);
            return SamplingDecision.NO;
        };
        try (var app = new Application("", builder -> builder.sampler(sampler), ObsFilter::create)) {
            app.on("/hello", (request, response) -> {});

            app.get("/hello?a=b");

            InboundRequest request = Objects.requireNonNull(seen.get());
            assertThat(request.host()).isEqualTo(app.uri("/").getAuthority());
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/hello");
        }
    }

    @Test
    void anExceptionOfATraceThatIsNotRecordedIsReported() throws Exception {
        try (var app = new Application("", builder -> builder.sampler(Sampler.never()), ObsFilter::create)) {
            app.on("/boom", (request, response) -> {
                throw new IllegalStateException("the boom");
            });

            app.get("/boom");

            JsonNode data = app.item();
            assertThat(data.path("request").path("url").asString())
                    .isEqualTo(app.uri("/boom").toString());
            assertThat(data.path("custom").path("xrayTraceId").asString())
                    .isEqualTo(app.accessLine().context().xrayTraceId());
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void anExcludedPathPassesUntouched() throws Exception {
        List<String> globs = List.of("/health/**", "/static/*");
        try (var app = new Application(
                "/shop",
                builder -> builder,
                obs -> ObsFilter.builder(obs).exclude(globs).build())) {
            app.on("/health/live", (request, response) -> {});
            app.on("/static/deep/page", (request, response) -> {});

            HttpResponse<String> excluded = app.get("/health/live");
            app.get("/static/deep/page");

            assertThat(excluded.statusCode()).isEqualTo(200);
            assertThat(excluded.headers().firstValue("X-Amzn-Trace-Id")).isEmpty();
            assertThat(app.accessLine().text()).endsWith("GET http /shop/static/deep/page 200");
            assertThat(app.segment().path("http").path("request").path("url").asString())
                    .endsWith("/shop/static/deep/page");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void aGlobWithoutASlashIsRefusedWithTheValidForm() {
        try (Obs obs = Obs.off()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ObsFilter.builder(obs).exclude(List.of("health")))
                    .withMessageContaining("'health'")
                    .withMessageContaining("/health");
        }
    }

    @Test
    void theAccessLineCanBeTurnedOff() throws Exception {
        try (Application app = Application.start(
                obs -> ObsFilter.builder(obs).accessLog(AccessLogOptions::off).build())) {
            app.on("/hello", (request, response) -> {});

            app.get("/hello");

            assertThat(app.segment().path("name").asString()).isEqualTo("backend");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void whileObsIsOffARequestPassesUntouched() throws Exception {
        try (var app = new Application("", builder -> builder.enabled(false), ObsFilter::create)) {
            app.on("/hello", (request, response) -> response.getWriter().print("hello"));

            HttpResponse<String> answer = app.get("/hello");

            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers().firstValue("X-Amzn-Trace-Id")).isEmpty();
            assertThat(app.nothingElseCame()).isTrue();
        }
    }
}
