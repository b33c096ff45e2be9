package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

/** The example of docs/propagation.md. */
class RestClientHeadersTest {
    @Test
    void aRestClientHandsTheTraceOn() throws Exception {
        var received = new CompletableFuture<Headers>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.complete(exchange.getRequestHeaders());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (Obs obs = Obs.builder().build()) {
            RestClient client = RestClient.builder()
                    .requestInterceptor((request, body, execution) -> {
                        obs.inject(request.getHeaders()::set);
                        return execution.execute(request, body);
                    })
                    .build();
            obs.trace("call").client().run(span -> {
                obs.putBaggage("user", "\u00e9");
                client.get()
                        .uri("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                        .retrieve()
                        .toBodilessEntity();
                Headers headers = received.get(20, TimeUnit.SECONDS);
                assertThat(headers.getFirst("X-Amzn-Trace-Id"))
                        .isEqualTo(span.context().toXAmznTraceId());
                assertThat(headers.getFirst("traceparent"))
                        .isEqualTo(span.context().toTraceparent());
                assertThat(headers.getFirst("baggage")).isEqualTo("user=%C3%A9");
            });
        } finally {
            server.stop(0);
        }
    }
}
