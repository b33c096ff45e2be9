package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cruddur.obs.test.DaemonReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import tools.jackson.databind.JsonNode;

class ApplicationTest {
    private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

    @Test
    void aRequestIsATrace() throws Exception {
        try (var daemon = new DaemonReceiver();
                var application = SpringApplication.run(
                        Application.class,
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--spring.application.name=stranger",
                        "--spring.threads.virtual.enabled=" + VIRTUAL,
                        "--cruddur.obs.trace.sampler=always",
                        "--cruddur.obs.trace.daemon-address=" + daemon.address())) {
            String port = application.getEnvironment().getProperty("local.server.port");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertEquals(200, answer.statusCode());
            assertEquals(VIRTUAL, answer.body().contains("VirtualThread"), answer.body());
            JsonNode segment = daemon.next();
            System.out.println("TRACE " + segment.path("trace_id").asString() + ", on " + answer.body());
            assertEquals("stranger", segment.path("name").asString());
            assertEquals(200, segment.at("/http/response/status").asInt());
            assertEquals("greeting", segment.at("/subsegments/0/name").asString());
            assertEquals(
                    "words", segment.at("/subsegments/0/subsegments/0/name").asString());
            assertEquals(
                    "en",
                    segment.at("/subsegments/0/subsegments/0/annotations/language")
                            .asString());
        }
    }
}
