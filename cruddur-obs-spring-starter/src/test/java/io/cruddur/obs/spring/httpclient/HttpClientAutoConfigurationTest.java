package io.cruddur.obs.spring.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.httpclient.TracedHttpClient;
import io.cruddur.obs.spring.RollbarConnectionDetails;
import io.cruddur.obs.spring.Runners;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

class HttpClientAutoConfigurationTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ApplicationContextRunner runner = Runners.plain()
            .withBean(Obs.class, Obs::off)
            .withBean(HttpClient.class, HttpClient::newHttpClient)
            .withPropertyValues("cruddur.obs.mode=aws");

    @Test
    void aBeanOfTheJdksClientIsTraced() {
        runner.run(
                context -> assertThat(context).getBean(HttpClient.class).isExactlyInstanceOf(TracedHttpClient.class));
    }

    @Test
    void switchedOffOrInModeOffItIsLeftAsItIs() {
        for (String off : List.of("cruddur.obs.http-client.enabled=false", "cruddur.obs.mode=off")) {
            runner.withPropertyValues(off)
                    .run(context ->
                            assertThat(context).getBean(HttpClient.class).isNotInstanceOf(TracedHttpClient.class));
        }
    }

    /** Where things go may be said by a bean that asks another service for it. */
    @Test
    void whatObsItselfNeedsMayNeedAClient() {
        Runners.plain()
                .withPropertyValues("cruddur.obs.mode=aws")
                .withUserConfiguration(AsksForItsToken.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).getBean(HttpClient.class).isExactlyInstanceOf(TracedHttpClient.class);
                });
    }

    /** RestClient is observed, and is a call already; what it calls by makes no second one. */
    @Test
    void aRestClientOverItThatMicrometerObservesIsOneSpan() throws IOException {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            told.add(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            Runners.plain()
                    .withBean(Obs.class, () -> telemetry.obs())
                    .withBean(HttpClient.class, HttpClient::newHttpClient)
                    .withPropertyValues("cruddur.obs.mode=aws")
                    .withConfiguration(AutoConfigurations.of(
                            ObservationAutoConfiguration.class,
                            MicrometerTracingAutoConfiguration.class,
                            NoopTracerAutoConfiguration.class))
                    .run(context -> {
                        RestClient client = RestClient.builder()
                                .observationRegistry(context.getBean(ObservationRegistry.class))
                                .requestFactory(new JdkClientHttpRequestFactory(context.getBean(HttpClient.class)))
                                .build();
                        telemetry
                                .obs()
                                .trace("request")
                                .run(() -> client.get()
                                        .uri("http://127.0.0.1:"
                                                + server.getAddress().getPort() + "/")
                                        .retrieve()
                                        .toBodilessEntity());
                        assertThat(telemetry.trace().children()).hasSize(1);
                        CapturedSpan call = telemetry.trace().children().get(0);
                        assertThat(call.children()).isEmpty();
                        assertThat(told.element()).contains("Parent=" + call.id());
                    });
        } finally {
            server.stop(0);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AsksForItsToken {
        @Bean
        HttpClient client() {
            return HttpClient.newHttpClient();
        }

        @Bean
        RollbarConnectionDetails rollbar(HttpClient client) {
            return new RollbarConnectionDetails() {
                @Override
                public String getAccessToken() {
                    return "of-" + client.version();
                }

                @Override
                public URI getEndpoint() {
                    return URI.create("http://127.0.0.1:9/");
                }
            };
        }
    }
}
