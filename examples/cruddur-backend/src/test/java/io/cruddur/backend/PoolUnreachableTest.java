package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.PoolTokens;
import io.cruddur.backend.support.Spans;
import io.cruddur.obs.console.Console;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Nobody listens where the pool's keys are: no token can be checked, be it good or not. */
@LocalBackendTest
@TestPropertySource(
        properties = {
            "cruddur.cognito.user-pool-id=" + PoolTokens.POOL,
            "cruddur.cognito.user-pool-client-id=" + PoolTokens.CLIENT,
            "cruddur.cognito.endpoint=http://127.0.0.1:1"
        })
@DirtiesContext // as long as it runs, it ships the log lines of the other applications too
class PoolUnreachableTest {
    private final String[] bearer = {
        "Authorization",
        "Bearer "
                + new PoolTokens().signed(PoolTokens.claims("MOCK-andrewbrown").audience(PoolTokens.CLIENT))
    };

    private final Client backend;
    private final ConsoleReader console;

    PoolUnreachableTest(@LocalServerPort int port, @Autowired Console console) {
        this.backend = new Client(port);
        this.console = new ConsoleReader(console.port(), console.token());
    }

    @Test
    void whatIsForEverybodyIsThere() {
        for (String path : List.of("/api/activities/home", "/api/activities/@bayko", "/api/health-check")) {
            assertThat(backend.get(path, bearer).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void whatNeedsATokenSaysThatItIsNotTheTokensFault() {
        Reply read = backend.get("/api/message_groups", bearer);
        Reply written = backend.post("/api/activities", "{\"message\": \"x\", \"ttl\": \"1-hour\"}", bearer);

        for (Reply reply : List.of(read, written)) {
            assertThat(reply.status() + reply.body()).isEqualTo("503{}");
            assertThat(reply.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(reply.contentType()).startsWith("application/json");
        }
        isTold(read);
    }

    /** A token that needs no key to be known as none, and no token at all. */
    @Test
    void whoIsNobodyInAnyCaseIsToldSo() {
        Reply malformed = backend.get("/api/message_groups", "Authorization", "Bearer a.b.c");
        Reply without = backend.get("/api/message_groups");

        assertThat(malformed.status() + malformed.body()).isEqualTo("401{}");
        assertThat(without.status() + without.body()).isEqualTo("401{}");
    }

    private void isTold(Reply reply) {
        JsonNode segment = Spans.segment(console.trace(reply.traceId()));
        assertThat(segment.path("fault").asBoolean()).isTrue();
        assertThat(console.errors(group -> group.path("traceIds").toString().contains(reply.traceId())))
                .singleElement()
                .satisfies(group -> assertThat(group.path("title").asString()).contains("Jwt"));
        String told = "A bearer token cannot be checked: its issuer's keys cannot be read";
        assertThat(console.logs(reply.traceId(), told))
                .anySatisfy(line -> assertThat(line.path("message").asString()).isEqualTo(told));
    }
}
