package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a browser asks, and what it looks at in the answer. */
@LocalBackendTest
class CorsTest {
    private final Client backend;

    CorsTest(@LocalServerPort int port) {
        this.backend = new Client(port);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/activities, POST, 'authorization, content-type'",
        "/api/activities/home, GET, 'authorization, x-amzn-trace-id, traceparent'",
        "/api/messages/00000000-0000-4000-8000-000000000000, GET, if-modified-since",
        "/rollbar/test, HEAD, content-type"
    })
    void aFrontEndMayAsk(String path, String method, String headers) throws IOException {
        for (String origin : new String[] {"http://localhost:3000", "http://localhost:4567"}) {
            Reply reply = preflight(path, origin, method, headers);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo(origin);
            assertThat(header(reply, "Access-Control-Allow-Methods").split(","))
                    .containsExactlyInAnyOrder("OPTIONS", "GET", "HEAD", "POST");
            assertThat(header(reply, "Access-Control-Allow-Headers")).isEqualTo(headers);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example,          POST,   content-type",
        "http://localhost:3000.evil.example, POST, content-type",
        "null,                         POST,   content-type",
        "http://localhost:3000,        DELETE, content-type",
        "http://localhost:3000,        POST,   x-other"
    })
    void othersMayNot(String origin, String method, String headers) throws IOException {
        Reply reply = preflight("/api/activities", origin, method, headers);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/activities/home", "/dev/boom", "/nothing", "/api/message_groups", "/api/activities/1"})
    void theTraceHeaderCanBeReadWhateverTheAnswer(String path) {
        Reply reply = backend.get(path, "Origin", "http://localhost:3000");

        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
        assertThat(header(reply, "Access-Control-Expose-Headers").split(", "))
                .containsExactlyInAnyOrder("Authorization", "Location", "Link", "X-Amzn-Trace-Id");
        assertThat(reply.traceId()).isNotEmpty();
    }

    private Reply preflight(String path, String origin, String method, String headers) throws IOException {
        return backend.send(
                "OPTIONS",
                path,
                "",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);
    }

    private static String header(Reply reply, String name) {
        return String.join(", ", reply.headers().allValues(name));
    }
}
