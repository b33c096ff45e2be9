package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.CapturedTraces;
import io.micrometer.observation.annotation.Observed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** Each of Spring's clients, as Boot sets it up, and what is observed by an annotation. */
class ClientsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Queue<byte[]> DOCUMENTS = new ConcurrentLinkedQueue<>();

    private static HttpServer server;
    private static ConfigurableApplicationContext context;
    private static Obs obs;

    /** Calls the server, which answers what the header of the trace said. */
    enum Client {
        REST_CLIENT {
            @Override
            @Nullable String call(ConfigurableApplicationContext context) {
                return context.getBean(RestClient.class)
                        .get()
                        .uri("/told")
                        .retrieve()
                        .body(String.class);
            }
        },
        REST_TEMPLATE {
            @Override
            @Nullable String call(ConfigurableApplicationContext context) {
                return context.getBean(RestTemplate.class).getForObject("/told", String.class);
            }
        },
        WEB_CLIENT {
            @Override
            @Nullable String call(ConfigurableApplicationContext context) {
                return context.getBean(WebClient.class)
                        .get()
                        .uri("/told")
                        .retrieve()
                        .bodyToMono(String.class)
                        .block(SOON);
            }
        },
        HTTP_EXCHANGE {
            @Override
            @Nullable String call(ConfigurableApplicationContext context) {
                return context.getBean(Api.class).told();
            }
        };

        abstract @Nullable String call(ConfigurableApplicationContext context);
    }

    @BeforeAll
    static void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/told", exchange -> {
            String told = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"));
            byte[] answer = told.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        obs = Obs.builder()
                .service("front")
                .installLogAppender(false)
                .closeOnShutdown(false)
                .segmentDocuments(DOCUMENTS::add)
                .build();
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .initializers(fresh -> fresh.getBeanFactory().registerSingleton("obs", obs))
                .properties(
                        "cruddur.obs.mode=aws",
                        "management.observations.annotations.enabled=true",
                        "spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                        "called.address=http://127.0.0.1:" + server.getAddress().getPort())
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
        obs.close();
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsAChildAndHandsTheTraceOn(Client client) throws Exception {
        String told = obs.trace(client.name()).call(() -> String.valueOf(client.call(context)));
        CapturedSpan root = root(client.name());
        assertThat(root.children()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("127.0.0.1");
            assertThat(call.document().path("namespace").asString()).isEqualTo("remote");
            assertThat(call.document().at("/http/response/status").asInt()).isEqualTo(200);
            assertThat(told).isEqualTo("Root=" + root.traceId() + ";Parent=" + call.id() + ";Sampled=1");
        });
    }

    /** A health check that asks a service, for one. */
    @ParameterizedTest
    @EnumSource
    void aCallOutsideOfATraceBeginsNone(Client client) throws Exception {
        assertThat(client.call(context)).isEqualTo("null");
        obs.trace("after " + client).run(() -> {});
        root("after " + client);
        assertThat(traces().named("127.0.0.1")).allMatch(call -> call.parentId().isPresent());
    }

    @Test
    void whatIsObservedByAnAnnotationIsAChild() throws Exception {
        String inside =
                obs.trace("observed").call(() -> context.getBean(Counter.class).count());
        CapturedSpan root = root("observed");
        assertThat(root.children()).singleElement().satisfies(observed -> {
            assertThat(observed.name()).isEqualToIgnoringCase("counter#count");
            assertThat(observed.id()).isEqualTo(inside);
        });
    }

    private static CapturedSpan root(String name) {
        return await().atMost(SOON.toSeconds(), TimeUnit.SECONDS)
                .until(() -> traces().named(name), found -> found.size() == 1)
                .get(0);
    }

    private static CapturedTraces traces() {
        obs.flush(SOON);
        return CapturedTraces.of(
                DOCUMENTS.stream().map(JsonMapper.shared()::readTree).toList());
    }

    interface Api {
        @GetExchange("/told")
        String told();
    }

    static class Counter {
        private final Obs obs;

        Counter(Obs obs) {
            this.obs = obs;
        }

        @Observed
        public String count() {
            return obs.currentTraceContext().spanId();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Value("${called.address}")
        String address = "";

        @Bean
        RestClient restClient(RestClient.Builder builder) {
            return builder.baseUrl(address).build();
        }

        @Bean
        RestTemplate restTemplate(RestTemplateBuilder builder) {
            return builder.rootUri(address).build();
        }

        @Bean
        WebClient webClient(WebClient.Builder builder) {
            return builder.baseUrl(address).build();
        }

        @Bean
        Api api(RestClient client) {
            return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                    .build()
                    .createClient(Api.class);
        }

        @Bean
        Counter counter(Obs obs) {
            return new Counter(obs);
        }
    }
}
