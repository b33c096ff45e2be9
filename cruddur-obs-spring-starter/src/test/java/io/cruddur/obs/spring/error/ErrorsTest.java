package io.cruddur.obs.spring.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.ErrorCustomizer;
import io.cruddur.obs.ErrorFilter;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import io.cruddur.obs.spring.StartedApplication;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.RollbarReceiver;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Spring application that fails in each way, with Tomcat, Logback and the three services on the loopback. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** The trace id of the scheduled method's run; empty if it had none. */
    private static final CompletableFuture<String> SCHEDULED = new CompletableFuture<>();

    private RollbarReceiver rollbar;
    private LogsReceiver logs;
    private DaemonReceiver daemon;
    private ConfigurableApplicationContext context;
    private Obs obs;

    @BeforeAll
    void start() throws Exception {
        rollbar = new RollbarReceiver();
        logs = new LogsReceiver();
        daemon = new DaemonReceiver();
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        context = StartedApplication.start(
                Application.class,
                "--spring.application.name=backend-flask",
                "--cruddur.obs.mode=aws",
                "--cruddur.obs.trace.sampler=always",
                "--cruddur.obs.trace.exporter=udp",
                "--cruddur.obs.trace.daemon-address=" + daemon.address(),
                "--cruddur.obs.logs.region=eu-central-1",
                "--cruddur.obs.logs.endpoint=" + logs.endpoint(),
                "--cruddur.obs.errors.access-token=test",
                "--cruddur.obs.errors.endpoint=" + rollbar.endpoint(),
                "--cruddur.obs.errors.app-packages=io.cruddur",
                "--cruddur.obs.errors.levels.java.lang.UnsupportedOperationException=warning",
                "--cruddur.obs.errors.ignore=java.util.NoSuchElementException");
        obs = context.getBean(Obs.class);
    }

    @AfterAll
    void stop() throws Exception {
        context.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        rollbar.close();
        logs.close();
        daemon.close();
    }

    /** The trace id that the answer names. */
    private String get(String path, int status) throws Exception {
        String port = context.getEnvironment().getProperty("local.server.port", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer of-the-request-alone")
                .header("Cookie", "session=of-the-request-alone")
                .header("User-Agent", "test/1")
                .timeout(SOON)
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        String header = answer.headers().firstValue("X-Amzn-Trace-Id").orElseThrow();
        return header.substring("Root=".length(), header.indexOf(';'));
    }

    private List<JsonNode> items(String text) {
        obs.flush(SOON);
        return rollbar.items().stream()
                .filter(item -> item.path("body").toString().contains(text))
                .toList();
    }

    private JsonNode item(String text) {
        await().atMost(SOON).until(() -> !items(text).isEmpty());
        assertThat(items(text)).hasSize(1);
        return items(text).get(0);
    }

    private List<JsonNode> lines(String traceId) {
        obs.flush(SOON);
        return logs.events().stream()
                .map(event -> JsonMapper.shared().readTree(event.message()))
                .filter(line -> line.path("xrayTraceId").asString("").equals(traceId))
                .toList();
    }

    private JsonNode segment(String traceId) throws Exception {
        while (true) {
            JsonNode document = daemon.next();
            if (document.path("trace_id").asString().equals(traceId)) {
                return document;
            }
        }
    }

    @Test
    void oneExceptionWithFourWhoSeeItIsOneItemOneFaultOneErrorLineAndOneTraceId() throws Exception {
        String traceId = get("/activities/42", 500);
        JsonNode item = item("seen by four");

        JsonNode segment = segment(traceId);
        List<JsonNode> thrown = segment.findValues("exceptions");
        assertThat(thrown).hasSize(1);
        assertThat(segment.path("fault").asBoolean()).isTrue();
        assertThat(segment.toString())
                .contains("rollbar_uuid", item.path("uuid").asString());

        List<JsonNode> withException = new ArrayList<>(lines(traceId));
        withException.removeIf(line -> line.path("exceptionType").isMissingNode());
        assertThat(withException).hasSize(1);
        assertThat(withException.get(0).path("level").asString()).isEqualTo("ERROR");
        assertThat(withException.get(0).path("errorUuid").asString())
                .isEqualTo(item.path("uuid").asString());
        assertThat(lines(traceId))
                .filteredOn(line -> line.path("logger").asString().equals("cruddur.access"))
                .singleElement()
                .satisfies(line -> assertThat(line.at("/fields/errorUuid").asString())
                        .isEqualTo(item.path("uuid").asString()));

        assertThat(item.at("/custom/xrayTraceId").asString()).isEqualTo(traceId);
        assertThat(item.path("context").asString()).isEqualTo("GET /activities/{id}");
        assertThat(item.at("/request/url").asString()).endsWith("/activities/42");
        assertThat(item.at("/request/headers/User-Agent").asString()).isEqualTo("test/1");
        assertThat(item.path("framework").asString()).startsWith("spring-boot 4");
        assertThat(item.at("/custom/xrayUrl").asString()).contains("eu-central-1", traceId);
        // rollbar-java's provider sends both.
        assertThat(item.toString()).doesNotContain("of-the-request-alone").doesNotContain("127.0.0.1\"");
    }

    @Test
    void whatAHandlerMakesAClientsFailureIsNotReportedAndWhatItMakesA500Is() throws Exception {
        get("/handled/not-found", 404);
        get("/handled/broken", 502);
        get("/status/gone", 410);
        assertThat(item("handled: broken").path("level").asString()).isEqualTo("error");
        assertThat(items("handled: not-found")).isEmpty();
        assertThat(items("status: gone")).isEmpty();
    }

    @Test
    void whatIsLoggedInARequestIsReportedWithItsRequestAndRoute() throws Exception {
        String traceId = get("/logged/7", 200);
        JsonNode item = item("caught and logged");
        assertThat(item.path("context").asString()).isEqualTo("GET /logged/{id}");
        assertThat(item.at("/request/url").asString()).endsWith("/logged/7");
        assertThat(item.at("/custom/xrayTraceId").asString()).isEqualTo(traceId);
        assertThat(item.at("/body/telemetry").toString()).contains("before it");
    }

    @Test
    void aScheduledMethodIsReportedOnceHoweverMayLogItWithTheIdsOfItsRun() {
        String traceId = SCHEDULED.orTimeout(30, TimeUnit.SECONDS).join();
        JsonNode item = item("in a scheduled method");
        assertThat(item.path("is_uncaught").asBoolean()).isTrue();
        assertThat(traceId).startsWith("1-");
        assertThat(item.at("/custom/xrayTraceId").asString()).isEqualTo(traceId);
    }

    @Test
    void anAsynchronousMethodIsReportedOnce() {
        context.getBean(Work.class).later();
        assertThat(item("in an asynchronous method").path("is_uncaught").asBoolean())
                .isTrue();
    }

    @Test
    void beansAndPropertiesDecideWhatIsReportedAndHow() {
        obs.error(new IllegalStateException("not worth it")).report();
        obs.error(new java.util.NoSuchElementException("ignored by its class")).report();
        obs.error(new UnsupportedOperationException("by its class a warning")).report();
        JsonNode item = item("by its class a warning");
        assertThat(item.path("level").asString()).isEqualTo("warning");
        assertThat(item.at("/custom/tenant").asString()).isEqualTo("t1");
        assertThat(items("not worth it")).isEmpty();
        assertThat(items("ignored by its class")).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @EnableAsync
    static class Application {
        @Bean
        Pages pages(Obs obs, Work work) {
            return new Pages(work);
        }

        @Bean
        Advice advice(Obs obs) {
            return new Advice(obs);
        }

        @Bean
        Work work() {
            return new Work();
        }

        /** Asks for Obs itself, which is there before it. */
        @Bean
        ErrorFilter notWorthIt(Obs obs) {
            return thrown -> !"not worth it".equals(thrown.getMessage());
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ErrorFilter brokenFilter() {
            return thrown -> {
                throw new IllegalStateException("a filter");
            };
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ErrorCustomizer brokenCustomizer() {
            return item -> {
                throw new IllegalStateException("a customizer");
            };
        }

        /** Asked although those before fail each time. */
        @Bean
        ErrorCustomizer tenant() {
            return item -> item.with("tenant", "t1");
        }
    }

    static class SeenByFour extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SeenByFour() {
            super("seen by four");
        }
    }

    static class Handled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final HttpStatus status;

        Handled(String what, HttpStatus status) {
            super("handled: " + what);
            this.status = status;
        }
    }

    static class Work {
        @Traced("work")
        void fail() {
            throw new SeenByFour();
        }

        @Async
        void later() {
            throw new IllegalStateException("in an asynchronous method");
        }

        @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.DAYS)
        void regularly() {
            SCHEDULED.complete(String.valueOf(MDC.get("xrayTraceId")));
            throw new IllegalStateException("in a scheduled method");
        }
    }

    @RestController
    static class Pages {
        private final Work work;

        Pages(Work work) {
            this.work = work;
        }

        @GetMapping("/activities/{id}")
        String activity(@PathVariable String id) {
            work.fail();
            return id;
        }

        @GetMapping("/handled/not-found")
        String notFound() {
            throw new Handled("not-found", HttpStatus.NOT_FOUND);
        }

        @GetMapping("/handled/broken")
        String broken() {
            throw new Handled("broken", HttpStatus.BAD_GATEWAY);
        }

        @GetMapping("/status/gone")
        String gone() {
            throw new ResponseStatusException(HttpStatus.GONE, "status: gone");
        }

        @GetMapping("/logged/{id}")
        String logged(@PathVariable String id) {
            LoggerFactory.getLogger(Pages.class).info("before it");
            LoggerFactory.getLogger(Pages.class).error("caught", new IllegalStateException("caught and logged"));
            return id;
        }
    }

    @RestControllerAdvice
    static class Advice {
        private final Obs obs;

        Advice(Obs obs) {
            this.obs = obs;
        }

        /** The handler that sees it: reports it, and lets it go on. */
        @ExceptionHandler
        void seen(SeenByFour thrown) {
            obs.error(thrown).report();
            throw thrown;
        }

        @ExceptionHandler
        ResponseEntity<String> handled(Handled thrown) {
            return ResponseEntity.status(thrown.status).body("handled");
        }
    }
}
