package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.Spans;
import io.cruddur.obs.console.Console;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A database that goes away: 503, soon, and one trace, one error and one line that say why. */
class DatabaseDownTest {

    @Test
    void itIsSaidInTheAnswerTheTraceTheErrorAndTheLog() throws Exception {
        try (Console console =
                Console.builder().port(0).token(ShutdownUnderLoadTest.TOKEN).start()) {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            Map<String, String> environment = new HashMap<>(ShutdownUnderLoadTest.environment(console.port()));
            environment.put("DATABASE_URL", "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres");
            try (BackendProcess backend = BackendProcess.start(environment)) {
                var client = new Client(backend.port());
                String[] token = client.as("andrewbrown");
                assertThat(client.get("/api/activities/home").status()).isEqualTo(200);

                postgres.close();
                Reply reply = client.get("/api/activities/home");
                Reply write = client.post("/api/activities", "{\"message\": \"x\", \"ttl\": \"1-day\"}", token);

                assertThat(reply.status() + reply.body()).isEqualTo("503{}");
                assertThat(reply.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(write.status()).isEqualTo(503);
                // What needs no database goes on.
                assertThat(client.get("/api/activities/notifications").status()).isEqualTo(200);
                assertThat(client.get("/api/health-check").status()).isEqualTo(200);
                isTold(reply, new ConsoleReader(console.port(), ShutdownUnderLoadTest.TOKEN));
            }
        }
    }

    private static void isTold(Reply reply, ConsoleReader console) {
        JsonNode trace = console.trace(reply.traceId());
        JsonNode segment = Spans.segment(trace);
        assertThat(segment.path("fault").asBoolean()).isTrue();
        assertThat(segment.at("/http/response/status").asInt()).isEqualTo(503);
        JsonNode service = Spans.named(trace, "home_activities");
        assertThat(service.path("fault").asBoolean()).isTrue();
        assertThat(service.at("/exceptions/0/type").asString()).startsWith("org.springframework.");
        assertThat(console.errors(group -> group.path("traceIds").toString().contains(reply.traceId())))
                .singleElement()
                .satisfies(group -> assertThat(group.path("title").asString()).contains("Exception"));
        assertThat(console.logs(reply.traceId(), "A store does not answer", "/api/activities/home 503"))
                .anySatisfy(line -> {
                    assertThat(line.path("message").asString()).isEqualTo("A store does not answer");
                    assertThat(line.path("level").asString()).isEqualTo("ERROR");
                })
                .anySatisfy(line -> assertThat(line.path("message").asString()).endsWith("/api/activities/home 503"));
    }
}
