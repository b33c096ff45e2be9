package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.DaemonReceiver;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HelloServerTest {

    @Test
    void aRequestIsATrace() throws Exception {
        try (var daemon = new DaemonReceiver();
                Obs obs = Obs.builder()
                        .service("stranger")
                        .xrayDaemon(daemon.address())
                        .build()) {
            Server server = HelloServer.start(obs, 0);
            try {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(server.getURI().resolve("/hello"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());

                assertEquals("Hello", answer.body());
                JsonNode segment = daemon.next();
                System.out.println("TRACE " + segment.path("trace_id").asString());
                assertEquals("stranger", segment.path("name").asString());
                assertEquals(200, segment.at("/http/response/status").asInt());
                assertEquals("greeting", segment.at("/subsegments/0/name").asString());
            } finally {
                server.stop();
            }
        }
    }
}
