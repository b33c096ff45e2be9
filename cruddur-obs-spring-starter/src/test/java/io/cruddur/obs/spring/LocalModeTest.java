package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import io.cruddur.obs.console.Console;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=backend-flask",
            "cruddur.obs.mode=local",
            "cruddur.obs.console.port=0",
            "cruddur.obs.trace.exclude=/quiet"
        })
@DirtiesContext // what is logged goes to the Obs that was built last: none must be left over for other tests
class LocalModeTest {
    @Autowired
    private Console console;

    @Autowired
    private ServletWebServerApplicationContext context;

    @Value("${local.server.port}")
    private int port;

    private ConsoleClient page;

    @BeforeEach
    void open() {
        page = new ConsoleClient(console);
    }

    @Test
    void aRequestIsATraceWithItsSpansAndItsLogLines() throws Exception {
        HttpResponse<String> answer = request("/activities");

        assertThat(answer.body()).isEqualTo("[\"Andrew Brown\"]");
        JsonNode trace = trace(answer);
        JsonNode segment = span(trace, "backend-flask");
        assertThat(segment.at("/http/response/status").asInt()).isEqualTo(200);
        JsonNode outer = span(trace, "notifications_activities");
        assertThat(outer.path("parentId").asString())
                .isEqualTo(segment.path("id").asString());
        assertThat(span(trace, "returning_mock_data").path("parentId").asString())
                .isEqualTo(outer.path("id").asString());
        await().untilAsserted(() -> assertThat(trace(answer).path("logs"))
                .extracting(line -> line.path("message").asString())
                .contains("looking up activities")
                .anyMatch(message -> message.contains("GET http /activities 200")));
    }

    @Test
    void whatEscapesIsAFaultAndAnError() throws Exception {
        HttpResponse<String> answer = request("/boom");

        assertThat(answer.statusCode()).isEqualTo(500);
        JsonNode segment = span(trace(answer), "backend-flask");
        assertThat(segment.at("/http/response/status").asInt()).isEqualTo(500);
        assertThat(segment.path("exceptions").toString()).contains("no such bean", "IllegalStateException");
        String id = id(answer);
        await().untilAsserted(() -> assertThat(page.get("/api/errors").path("errors"))
                .singleElement()
                .satisfies(
                        error -> assertThat(error.path("traceIds").toString()).contains(id)));
        String fingerprint = page.get("/api/errors").at("/errors/0/fingerprint").asString();
        // By the name for which a browser has the cookie: at any other the page asks for the token again.
        assertThat(page.get("/api/errors/" + fingerprint)
                        .at("/latest/custom/consoleUrl")
                        .asString())
                .isEqualTo(console.address() + "/#/traces/" + id);
    }

    @Test
    void anExcludedPathIsNotTraced() throws Exception {
        assertThat(request("/quiet").headers().firstValue("X-Amzn-Trace-Id")).isEmpty();
    }

    @Test
    void theConsoleShowsTheDeliveryLawOfThisProcess() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(page.get("/api/delivery").path("processes"))
                        .singleElement()
                        .satisfies(process -> {
                            assertThat(process.path("service").asString()).isEqualTo("backend-flask");
                            assertThat(process.path("process").asString())
                                    .endsWith("-" + ProcessHandle.current().pid());
                            assertThat(process.path("sinks"))
                                    .extracting(sink -> sink.path("name").asString())
                                    .containsExactlyInAnyOrder("xray", "cloudwatch", "rollbar");
                        }));
    }

    @Test
    void theConsolesServerIsNotTakenForTheApplications() {
        assertThat(context.getWebServer()).isInstanceOf(TomcatWebServer.class);
    }

    private HttpResponse<String> request(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String id(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("X-Amzn-Trace-Id").orElseThrow();
        return header.substring("Root=".length(), header.indexOf(';'));
    }

    /** Once its spans are there, which are sent when the last of them ends; its log lines may come before. */
    private JsonNode trace(HttpResponse<String> answer) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> page.get("/api/traces/" + id(answer)),
                        trace -> !trace.path("spans").isEmpty());
    }

    private static JsonNode span(JsonNode trace, String name) {
        return trace.path("spans")
                .valueStream()
                .filter(span -> span.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + trace));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Activities activities(Obs obs) {
            return new Activities(obs);
        }

        @Bean
        Pages pages(Activities activities) {
            return new Pages(activities);
        }
    }

    static class Activities {
        private final Obs obs;

        Activities(Obs obs) {
            this.obs = obs;
        }

        @Traced("notifications_activities")
        List<String> all() {
            LoggerFactory.getLogger(Activities.class).info("looking up activities");
            return obs.trace("returning_mock_data").call(() -> List.of("Andrew Brown"));
        }
    }

    @RestController
    static class Pages {
        private final Activities activities;

        Pages(Activities activities) {
            this.activities = activities;
        }

        @GetMapping("/activities")
        List<String> activities() {
            return activities.all();
        }

        @GetMapping("/boom")
        String boom() {
            throw new IllegalStateException("no such bean");
        }

        @GetMapping("/quiet")
        String quiet() {
            return "";
        }
    }
}
