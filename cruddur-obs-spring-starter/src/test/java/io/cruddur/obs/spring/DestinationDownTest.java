package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.console.Console;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The console says that a destination takes nothing, and why, though nothing is lost. */
class DestinationDownTest {

    @Test
    void theConsoleShowsTheSpoolAndTheLastFailure(@TempDir Path spool) throws Exception {
        try (Console console = Console.builder().port(0).open();
                ConfigurableApplicationContext application = StartedApplication.start(
                        Application.class,
                        "--cruddur.obs.mode=local",
                        "--cruddur.obs.console.port=" + console.port(),
                        "--cruddur.obs.delivery.spool.mode=write-ahead",
                        "--cruddur.obs.delivery.spool.directory=" + spool,
                        "--cruddur.obs.delivery.shutdown-timeout=0s")) {
            var page = new ConsoleClient(console);
            Instant before = Instant.now();

            application.getBean(Obs.class).error("nobody listens").report();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode sink = rollbar(page);
                assertThat(sink.path("pending").asLong()).isEqualTo(1);
                assertThat(sink.path("lost")).isEmpty();
                assertThat(sink.path("spoolBytes").asLong()).isPositive();
                assertThat(sink.at("/lastFailure/reason").asString()).contains("Connect");
                assertThat(Instant.parse(sink.at("/lastFailure/time").asString()))
                        .isAfterOrEqualTo(before.minusMillis(1));
            });
        }
    }

    private static JsonNode rollbar(ConsoleClient page) {
        return page.get("/api/delivery")
                .at("/processes/0/sinks")
                .valueStream()
                .filter(sink -> sink.path("name").asString().equals("rollbar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no report yet"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        RollbarConnectionDetails nobodyListensThere() {
            return new RollbarConnectionDetails() {
                @Override
                public String getAccessToken() {
                    return "a-token-of-a-test";
                }

                @Override
                public URI getEndpoint() {
                    return URI.create("http://127.0.0.1:1/");
                }
            };
        }
    }
}
