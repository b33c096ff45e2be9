package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.test.http.Feature;
import io.cruddur.obs.test.http.Gate;
import io.cruddur.obs.test.http.HttpServerContract;
import io.cruddur.obs.test.http.RunningServer;
import io.cruddur.obs.test.http.ServerSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** WebFlux, whose segments are made of Spring's own observation of a request. */
@ExtendWith(HangUpsOverNetty.class)
class WebFluxContractTest extends HttpServerContract {
    @Override
    protected Map<Feature, String> missing() {
        return Map.ofEntries(
                Map.entry(Feature.FORWARD, "WebFlux has no forward"),
                Map.entry(Feature.INCLUDE, "nor an include"),
                Map.entry(
                        Feature.ERROR_PAGE,
                        "Boot's error handler answers, which no handler of the application is asked for"),
                Map.entry(Feature.WRAPPED_EXCEPTION, "nothing wraps what a handler throws"),
                Map.entry(Feature.ASYNC_RESTART, "a request is asynchronous as a whole"),
                Map.entry(Feature.ASYNC_DISPATCH_AT_ONCE, "nothing is dispatched"),
                Map.entry(Feature.THROW_AFTER_ASYNC_START, "a publisher that was returned cannot throw any more"),
                Map.entry(Feature.ASYNC_TIMEOUT, "the server has no limit of its own"),
                Map.entry(Feature.MALFORMED_PARAMETER, "Spring refuses such a request before it is observed"),
                Map.entry(Feature.NORMALISED_PATH, "/excluded/../ok goes on as it came, to the application as well"));
    }

    @Override
    protected RunningServer start(ServerSettings settings) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .registerShutdownHook(false)
                .initializers((GenericApplicationContext into) -> {
                    into.registerBean(Obs.class, settings::obs, definition -> definition.setDestroyMethodName(""));
                    into.registerBean(Gate.class, settings::gate);
                })
                .properties(
                        "server.port=0",
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.trace.trusted-peers=" + String.join(",", settings.trustedPeers()),
                        "cruddur.obs.trace.exclude=" + String.join(",", settings.exclude()))
                .run();
        return new RunningServer() {
            @Override
            public int port() {
                return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            }

            @Override
            public void close() {
                SpringApplication.exit(context);
            }
        };
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}

    static final class HandledException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @RestController
    static class Handlers {
        private final Obs obs;
        private final Gate gate;

        Handlers(Obs obs, Gate gate) {
            this.obs = obs;
            this.gate = gate;
        }

        /** Waits for the test on a thread that may. */
        private <T> Mono<T> later(Callable<T> then) {
            return Mono.fromCallable(() -> {
                        gate.await();
                        return then.call();
                    })
                    .subscribeOn(Schedulers.boundedElastic());
        }

        @RequestMapping("/ok")
        Mono<String> ok() {
            return Mono.just("ok");
        }

        @GetMapping("/status/{status}")
        ResponseEntity<Void> status(@PathVariable("status") int status) {
            return ResponseEntity.status(status).build();
        }

        @GetMapping("/send-error/{status}")
        Mono<String> sendError(@PathVariable("status") int status) {
            return Mono.error(new ResponseStatusException(HttpStatusCode.valueOf(status)));
        }

        @PostMapping("/echo")
        Mono<String> echo(@RequestBody Mono<String> body) {
            return body;
        }

        @GetMapping("/child")
        Mono<String> child() {
            return Mono.fromCallable(() -> obs.trace("child").call(() -> "ok"));
        }

        @GetMapping("/annotate")
        Mono<Void> annotate() {
            obs.currentSpan().annotate("said", "by the handler");
            return Mono.empty();
        }

        @GetMapping("/inject")
        String inject() {
            var headers = new HashMap<String, String>();
            obs.inject(headers::put);
            return String.valueOf(headers.get("X-Amzn-Trace-Id"));
        }

        @GetMapping("/baggage")
        String baggage() {
            return obs.baggage().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(","));
        }

        @GetMapping("/leak")
        Mono<Void> leak() {
            obs.trace("leak").newTrace().start().annotate("never", "closed");
            return Mono.empty();
        }

        @GetMapping("/excluded/current")
        String current() {
            TraceContext current = obs.currentTraceContext();
            return current.isValid() ? current.xrayTraceId() : "none";
        }

        @GetMapping("/boom")
        Mono<String> boom() {
            throw new IllegalStateException("boom");
        }

        @GetMapping("/boom-late")
        Flux<String> boomLate() {
            return Flux.just("beginning").concatWith(Mono.error(new IllegalStateException("late boom")));
        }

        @GetMapping("/handled")
        Mono<String> handled() {
            return Mono.error(new HandledException());
        }

        @ExceptionHandler(HandledException.class)
        ResponseEntity<Void> handle() {
            return ResponseEntity.status(409).build();
        }

        @GetMapping("/items/{id}")
        Mono<Void> items() {
            return Mono.empty();
        }

        @GetMapping("/async/complete")
        Mono<ResponseEntity<Void>> complete() {
            return later(() -> ResponseEntity.accepted().build());
        }

        @GetMapping("/async/immediate")
        Mono<Void> immediate() {
            return Mono.empty();
        }

        @GetMapping("/async/dispatch")
        Mono<String> dispatch() {
            return later(() -> obs.currentTraceContext().xrayTraceId());
        }

        @GetMapping("/async/boom")
        Mono<String> asyncBoom() {
            return later(() -> {
                throw new IllegalStateException("late boom");
            });
        }

        @GetMapping("/async/child")
        Mono<Void> asyncChild() {
            return later(() -> obs.trace("child").call(() -> "ok")).then();
        }

        @GetMapping("/stream")
        Mono<Void> stream(ServerHttpResponse response) {
            Flux<DataBuffer> parts = Flux.concat(Mono.just("one\n"), later(() -> "two\n"))
                    .map(text -> response.bufferFactory().wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            return response.writeAndFlushWith(parts.map(Mono::just));
        }

        @GetMapping("/endless")
        Mono<Void> endless(ServerHttpResponse response) {
            byte[] some = new byte[64 * 1024];
            // Far more than any buffer between here and the client holds.
            return response.writeAndFlushWith(Flux.range(0, 100_000)
                    .map(i -> Mono.just(response.bufferFactory().wrap(some))));
        }

        @PostMapping("/upload")
        Mono<String> upload(@RequestBody Mono<String> body) {
            return later(() -> "").then(body);
        }
    }
}
