package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.Sampler;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A request whose answer is finished on another thread. */
class AsyncRequestTest {
    private final BlockingQueue<AsyncContext> started = new LinkedBlockingQueue<>();

    /** Answers /slow when the test says so. */
    private Application slow(Application app) {
        return app.on("/slow", (request, response) -> started.add(request.startAsync()));
    }

    private AsyncContext waiting() throws InterruptedException {
        AsyncContext context = started.poll(20, TimeUnit.SECONDS);
        assertThat(context).isNotNull();
        return context;
    }

    private static CompletableFuture<HttpResponse<String>> getInBackground(Application app, String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return app.get(path);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void itEndsOnceWithTheStatusOfItsEnd() throws Exception {
        try (Application app = slow(Application.start())) {
            CompletableFuture<HttpResponse<String>> answer = getInBackground(app, "/slow");
            AsyncContext context = waiting();
            ((HttpServletResponse) context.getResponse()).setStatus(202);
            context.complete();

            JsonNode segment = app.segment();
            assertThat(segment.path("http").path("response").path("status").asInt())
                    .isEqualTo(202);
            assertThat(segment.path("http").path("request").path("url").asString())
                    .endsWith("/slow");
            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).endsWith("GET http /slow 202");
            assertThat(line.context().xrayTraceId())
                    .isEqualTo(segment.path("trace_id").asString());
            assertThat(line.context().spanId()).isEqualTo(segment.path("id").asString());
            assertThat(answer.get(20, TimeUnit.SECONDS).headers().firstValue("X-Amzn-Trace-Id"))
                    .hasValue("Root=" + segment.path("trace_id").asString() + ";Sampled=1");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void itEndsOnceWhenItIsCompleteBeforeTheChainReturns() throws Exception {
        try (Application app = Application.start()) {
            app.on("/quick", (request, response) -> request.startAsync().complete());

            app.get("/quick");

            assertThat(app.segment().has("end_time")).isTrue();
            assertThat(app.accessLine().text()).endsWith("/quick 200");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void itEndsOnceAfterATimeout() throws Exception {
        try (Application app = Application.start()) {
            app.on("/never", (request, response) -> request.startAsync().setTimeout(1));

            assertThat(app.get("/never").statusCode()).isEqualTo(500);

            JsonNode segment = app.segment();
            assertThat(segment.path("http").path("response").path("status").asInt())
                    .isEqualTo(500);
            assertThat(segment.path("fault").asBoolean()).isTrue();
            assertThat(app.accessLine().text()).endsWith("/never 500");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void itEndsOnceAfterADispatch() throws Exception {
        try (Application app = slow(Application.start())) {
            app.on("/end", (request, response) -> response.setStatus(201));
            CompletableFuture<HttpResponse<String>> answer = getInBackground(app, "/slow");
            waiting().dispatch("/end");

            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
            assertThat(app.segment()
                            .path("http")
                            .path("response")
                            .path("status")
                            .asInt())
                    .isEqualTo(201);
            assertThat(app.accessLine().text()).endsWith("/slow 201");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void itEndsOnceWhenADispatchStartsAnew() throws Exception {
        try (Application app = slow(Application.start())) {
            app.on("/again", (request, response) -> started.add(request.startAsync()));
            CompletableFuture<HttpResponse<String>> answer = getInBackground(app, "/slow");
            waiting().dispatch("/again");
            waiting().complete();

            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(app.segment().has("end_time")).isTrue();
            assertThat(app.accessLine().text()).endsWith("/slow 200");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void itIsAFaultWhenADispatchThrows() throws Exception {
        try (Application app = slow(Application.start())) {
            app.on("/boom", (request, response) -> {
                throw new IllegalStateException("late boom");
            });
            CompletableFuture<HttpResponse<String>> answer = getInBackground(app, "/slow");
            waiting().dispatch("/boom");

            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(500);
            assertThat(app.segment().path("fault").asBoolean()).isTrue();
            assertThat(app.accessLine().text()).endsWith("/slow 500");
            app.item();
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void anExceptionAfterItWasStartedIsOneFaultAndOneReport() throws Exception {
        try (Application app = Application.start()) {
            app.on("/boom", (request, response) -> {
                request.startAsync();
                throw new IllegalStateException("boom");
            });

            app.get("/boom");

            assertThat(app.segment().path("fault").asBoolean()).isTrue();
            assertThat(app.accessLine().text()).endsWith("/boom 500");
            assertThat(app.item().toString()).contains("boom");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void itsThreadGoesBackAsItCameWhileItWaits() throws Exception {
        try (Application app = slow(Application.start(
                obs -> ObsFilter.builder(obs).exclude(List.of("/bare")).build()))) {
            app.on(
                    "/bare",
                    (request, response) -> response.getWriter()
                            .print(app.obs.currentTraceContext().isValid()));
            CompletableFuture<HttpResponse<String>> answer = getInBackground(app, "/slow");
            AsyncContext context = waiting();

            // The container has one thread: this is the one that the waiting request was on.
            assertThat(app.get("/bare").body()).isEqualTo("false");

            context.complete();
            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRequestOnTheThreadOfOneThatWaitsHasATraceOfItsOwn() throws Exception {
        try (Application app = slow(Application.start())) {
            app.on("/hello", (request, response) -> {});
            CompletableFuture<HttpResponse<String>> answer = getInBackground(app, "/slow");
            AsyncContext context = waiting();
            app.get("/hello");
            JsonNode hello = app.segment();
            context.complete();
            JsonNode slow = app.segment();

            assertThat(hello.path("http").path("request").path("url").asString())
                    .endsWith("/hello");
            assertThat(hello.has("subsegments")).isFalse();
            assertThat(hello.path("trace_id").asString())
                    .isNotEqualTo(slow.path("trace_id").asString());
            assertThat(app.accessLine().context().xrayTraceId())
                    .isEqualTo(hello.path("trace_id").asString());
            assertThat(app.accessLine().context().xrayTraceId())
                    .isEqualTo(slow.path("trace_id").asString());
            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(app.nothingElseCame()).isTrue();
        }
    }

    @Test
    void aTraceThatIsNotRecordedHasItsLineWithItsIds() throws Exception {
        try (var app = slow(new Application("", builder -> builder.sampler(Sampler.never()), ObsFilter::create))) {
            CompletableFuture<HttpResponse<String>> answer = getInBackground(app, "/slow");
            waiting().complete();

            assertThat(answer.get(20, TimeUnit.SECONDS).headers().firstValue("X-Amzn-Trace-Id"))
                    .hasValue("Root=" + app.accessLine().context().xrayTraceId() + ";Sampled=0");
            assertThat(app.nothingElseCame()).isTrue();
        }
    }
}
