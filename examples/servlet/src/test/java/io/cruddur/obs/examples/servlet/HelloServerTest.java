package io.cruddur.obs.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.DaemonReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The example does what it says. */
class HelloServerTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void helloIsAnsweredAndTraced() throws Exception {
        try (var daemon = new DaemonReceiver();
                Obs obs = hello(daemon);
                var server = new HelloServer(obs, 0)) {
            HttpResponse<String> answer = get(server, "/hello");

            assertThat(answer.body()).isEqualToIgnoringNewLines("Hello World!");
            JsonNode segment = daemon.next();
            assertThat(segment.path("name").asString()).isEqualTo("hello");
            assertThat(segment.at("/http/response/status").asInt()).isEqualTo(200);
            assertThat(segment.at("/subsegments/0/name").asString()).isEqualTo("greeting");
            assertThat(answer.headers().firstValue("X-Amzn-Trace-Id"))
                    .hasValue("Root=" + segment.path("trace_id").asString() + ";Sampled=1");
        }
    }

    @Test
    void aPathThatNobodyServesIsTracedToo() throws Exception {
        try (var daemon = new DaemonReceiver();
                Obs obs = hello(daemon);
                var server = new HelloServer(obs, 0)) {
            assertThat(get(server, "/nowhere").statusCode()).isEqualTo(404);

            assertThat(daemon.next().at("/http/response/status").asInt()).isEqualTo(404);
        }
    }

    private static Obs hello(DaemonReceiver daemon) {
        return Obs.builder().service("hello").xrayDaemon(daemon.address()).build();
    }

    private HttpResponse<String> get(HelloServer server, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
