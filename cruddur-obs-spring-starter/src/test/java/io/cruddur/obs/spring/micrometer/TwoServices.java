package io.cruddur.obs.spring.micrometer;

import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedTraces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.xray.XRayClient;
import tools.jackson.databind.ObjectMapper;

/** A service on Spring MVC that asks one on WebFlux, with nothing but the starter to trace them. */
final class TwoServices implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("two.services");

    private final Queue<byte[]> documents = new ConcurrentLinkedQueue<>();
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    /** Stands in for a service of AWS. */
    private final HttpServer aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    TwoServices(String... properties) throws IOException {
        aws.createContext("/", exchange -> {
            byte[] answer = "{\"SamplingRuleRecords\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        aws.start();
        String service = "aws.address=http://127.0.0.1:" + aws.getAddress().getPort();
        ConfigurableApplicationContext back =
                start("back", WebApplicationType.REACTIVE, Back.class, with(properties, service));
        String address = "http://127.0.0.1:" + port(back);
        start("front", WebApplicationType.SERVLET, Front.class, with(properties, "back.address=" + address));
    }

    private static String[] with(String[] properties, String more) {
        var all = new ArrayList<>(List.of(properties));
        all.add(more);
        return all.toArray(String[]::new);
    }

    private ConfigurableApplicationContext start(
            String name, WebApplicationType type, Class<?> configuration, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(configuration)
                .web(type)
                .registerShutdownHook(false)
                .initializers(fresh -> fresh.getBeanFactory()
                        .registerSingleton(
                                "obs",
                                Obs.builder()
                                        .service(name)
                                        .mdc(true)
                                        .installLogAppender(false)
                                        .closeOnShutdown(false)
                                        .segmentDocuments(documents::add)
                                        .build()))
                .properties("server.port=0", "cruddur.obs.mode=aws", "spring.application.name=" + name)
                .properties("spring.datasource.generate-unique-name=false", "spring.datasource.name=rows")
                .properties(properties)
                .run();
        contexts.add(context);
        return context;
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return get(1, path, headers);
    }

    HttpResponse<String> getBack(String path, String... headers) throws Exception {
        return get(0, path, headers);
    }

    private HttpResponse<String> get(int service, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port(contexts.get(service)) + path))
                .timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** All that both have sent so far. */
    CapturedTraces traces() {
        contexts.forEach(context -> context.getBean(Obs.class).flush(Duration.ofSeconds(20)));
        var mapper = new ObjectMapper();
        return CapturedTraces.of(documents.stream().map(mapper::readTree).toList());
    }

    Obs obs(int service) {
        return contexts.get(service).getBean(Obs.class);
    }

    @Override
    public void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
        aws.stop(0);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    @Import({FrontController.class, Jobs.class})
    static class Front {
        @Bean
        RestClient back(RestClient.Builder builder, @Value("${back.address}") String address) {
            return builder.baseUrl(address).build();
        }
    }

    @RestController
    static class FrontController {
        private final Jobs jobs;

        FrontController(Jobs jobs) {
            this.jobs = jobs;
        }

        @GetMapping("/activities/{user}")
        CompletableFuture<String> activities(@PathVariable("user") String user) {
            LOG.info("controller");
            return jobs.load(user);
        }
    }

    static class Jobs {
        private final RestClient back;

        Jobs(RestClient back) {
            this.back = back;
        }

        @Async
        public CompletableFuture<String> load(String user) {
            LOG.info("async");
            return CompletableFuture.completedFuture(
                    back.get().uri("/rows/{user}", user).retrieve().body(String.class));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    @Import({BackController.class, Refusals.class, Worker.class})
    static class Back {
        @Bean
        XRayClient xray(@Value("${aws.address}") URI address) {
            return XRayClient.builder()
                    .region(Region.EU_CENTRAL_1)
                    .endpointOverride(address)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .build();
        }
    }

    @RestController
    static class BackController {
        private final Worker worker;

        BackController(Worker worker) {
            this.worker = worker;
        }

        @GetMapping("/rows/{user}")
        Mono<String> rows(@PathVariable("user") String user) {
            LOG.info("reactive");
            return Mono.just(user)
                    .delayElement(Duration.ofMillis(1))
                    .doOnNext(each -> LOG.info("another thread"))
                    .flatMap(worker::work);
        }
    }

    /** Refuses as Spring has it, for a reason of its own. */
    @RestController
    static class Refusals {
        @GetMapping("/refused/{status}")
        Mono<String> refuse(@PathVariable("status") int status) {
            return Mono.error(new ResponseStatusException(
                    HttpStatusCode.valueOf(status), "refused", new IllegalStateException("the reason")));
        }
    }

    /** Takes work in a request and does it on a schedule. */
    static class Worker {
        private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
        private final Obs obs;
        private final JdbcTemplate database;
        private final XRayClient xray;

        Worker(Obs obs, JdbcTemplate database, XRayClient xray) {
            this.obs = obs;
            this.database = database;
            this.xray = xray;
        }

        Mono<String> work(String user) {
            return Mono.create(sink -> work.add(obs.wrap(() -> settle(user, sink))));
        }

        private void settle(String user, MonoSink<String> sink) {
            try {
                sink.success(obs.trace("job").call(span -> {
                    LOG.info("job");
                    database.queryForObject("select cast(? as varchar)", String.class, user);
                    xray.getSamplingRules();
                    if (user.equals("broken")) {
                        throw new IllegalStateException("no rows of " + user);
                    }
                    return "rows of " + user;
                }));
            } catch (IllegalStateException e) {
                sink.error(e);
            }
        }

        @Scheduled(fixedDelay = 5)
        void poll() {
            Runnable next = work.poll();
            if (next != null) {
                LOG.info("scheduled");
                next.run();
                LOG.info("scheduled again");
            }
        }
    }
}
