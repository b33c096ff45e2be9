package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.Spans;
import io.cruddur.obs.console.Console;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What a person sees on a laptop: each request, its spans, its log lines and its errors, tied by one trace id. */
@LocalBackendTest
class LocalModeTest {
    private static final String ACCESS_LINE =
            "\\[\\d{4}-[A-Z][a-z]{2}-\\d{2} \\d{2}:\\d{2}] 127\\.0\\.0\\.1 GET http %s %d";

    private final Client backend;
    private final ConsoleReader console;

    LocalModeTest(@LocalServerPort int port, @Autowired Console console) {
        this.backend = new Client(port);
        this.console = new ConsoleReader(console.port(), console.token());
    }

    @Test
    void notificationsAreATraceOfTwoNestedSpans() {
        Client.Reply reply = backend.get("/api/activities/notifications");

        assertThat(reply.status()).isEqualTo(200);
        JsonNode trace = console.trace(reply.traceId());
        JsonNode segment = Spans.segment(trace);
        assertThat(segment.path("name").asString()).isEqualTo("backend-flask");
        assertThat(segment.path("http").path("response").path("status").asInt()).isEqualTo(200);
        JsonNode parent = Spans.named(trace, "notifications_activities");
        assertThat(parent.path("parentId")).isEqualTo(segment.path("id"));
        assertThat(parent.path("annotations").path("URI").asString()).isEqualTo("/api/activities/notifications");
        JsonNode child = Spans.named(trace, "returning_mock_data");
        assertThat(child.path("parentId")).isEqualTo(parent.path("id"));
        assertThat(child.path("metadata")
                        .path("default")
                        .path("notification results")
                        .toString())
                .isEqualTo("{\"number\":%d}".formatted(reply.json().size()));
        assertThat(trace.path("spans")).hasSize(3);
        assertThat(console.traces("notifications"))
                .filteredOn(row -> row.path("id").asString().equals(reply.traceId()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("service").asString()).isEqualTo("backend-flask");
                    assertThat(row.path("status").asInt()).isEqualTo(200);
                });
    }

    @Test
    void logLinesAndTheAccessLineCarryTheTraceId() {
        Client.Reply reply = backend.get("/api/activities/notifications");

        List<JsonNode> lines = console.logs(reply.traceId(), "Notifications read", "GET http ");

        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("traceId").asString()).isEqualTo(reply.traceId());
            assertThat(line.path("group").asString()).isEqualTo("cruddur");
        });
        assertThat(lines.get(0).path("message").asString()).isEqualTo("Notifications read");
        assertThat(lines.get(0).path("fields").path("number").asInt()).isEqualTo(1);
        assertThat(lines.get(1).path("message").asString())
                .matches(ACCESS_LINE.formatted("/api/activities/notifications", 200));
    }

    @Test
    void boomIsAFaultAnErrorAndALineOfOneTrace() {
        Client.Reply reply = backend.get("/dev/boom");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.json().path("status").asInt()).isEqualTo(500);
        assertThat(reply.body()).doesNotContain("Boom!", "IllegalState", "\tat ");

        JsonNode segment = Spans.segment(console.trace(reply.traceId()));
        assertThat(segment.path("fault").asBoolean()).isTrue();
        assertThat(segment.path("http").path("response").path("status").asInt()).isEqualTo(500);
        JsonNode exception = segment.path("exceptions").path(0);
        assertThat(exception.path("type").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(exception.path("message").asString()).isEqualTo("Boom!");
        assertThat(exception.path("stack").path(0).path("label").asString()).endsWith("BoomController.boom");

        assertThat(console.errors(of("Boom!", reply))).singleElement().satisfies(group -> {
            assertThat(group.path("level").asString()).isEqualTo("error");
            assertThat(group.path("traceIds").toString()).containsOnlyOnce(reply.traceId());
        });
        assertThat(console.logs(reply.traceId(), "GET http "))
                .anySatisfy(line ->
                        assertThat(line.path("message").asString()).matches(ACCESS_LINE.formatted("/dev/boom", 500)));
    }

    @Test
    void rollbarTestSendsAWarning() {
        Client.Reply reply = backend.get("/rollbar/test");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).startsWith("text/plain");
        assertThat(reply.body()).isEqualTo("Hello World!");
        assertThat(console.errors(of("Hello World!", reply))).singleElement().satisfies(group -> {
            assertThat(group.path("level").asString()).isEqualTo("warning");
        });
    }

    @Test
    void healthCheckIsNotTraced() {
        Client.Reply health = backend.get("/api/health-check");
        // Sent on in order: once this one is there, the other would be.
        Client.Reply next = backend.get("/api/activities/home");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"success\":true,\"ver\":1}");
        assertThat(health.traceId()).isEmpty();
        assertThat(console.trace(next.traceId()).path("spans")).isNotEmpty();
        assertThat(console.traces("health-check")).isEmpty();
    }

    @Test
    void homeHasTheSeedRowsNewestFirst() {
        Client.Reply reply = backend.get("/api/activities/home");

        assertThat(reply.status()).isEqualTo(200);
        // Other tests add to them.
        assertThat(reply.json().findValuesAsString("message"))
                .containsSubsequence(
                        "The cloud is just somebody else's traces.", "This crud will be gone in ten days.");
        JsonNode trace = console.trace(reply.traceId());
        assertThat(Spans.named(trace, "home_activities").path("parentId"))
                .isEqualTo(Spans.segment(trace).path("id"));
    }

    @Test
    void theFirstLineOfTheApplicationIsShipped() {
        assertThat(console.logsWith("This is Cruddur app!!!"))
                .first()
                .satisfies(line -> assertThat(line.path("group").asString()).isEqualTo("cruddur"));
    }

    /** The group of errors with that title in which the request's is. */
    private static Predicate<JsonNode> of(String title, Client.Reply reply) {
        return group -> group.path("title").asString().contains(title)
                && group.path("traceIds").toString().contains(reply.traceId());
    }
}
