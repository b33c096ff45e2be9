package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.ErrorReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.test.RollbarReceiver;
import jakarta.servlet.FilterChain;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** The properties of errors, by what Rollbar would have received. */
@Timeout(60)
class ErrorPropertiesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Console console;
    private RollbarReceiver rollbar;

    @BeforeAll
    static void open() throws IOException {
        console = Console.builder().port(0).open();
    }

    @AfterAll
    static void closeConsole() {
        console.close();
    }

    @BeforeEach
    void start() throws IOException {
        rollbar = new RollbarReceiver();
    }

    @AfterEach
    void stop() {
        rollbar.close();
    }

    /** What is received of what the code does, in an application with the properties. */
    private List<JsonNode> items(String properties, Consumer<Obs> code) {
        return items(rollbar.endpoint(), properties, code);
    }

    private List<JsonNode> items(URI endpoint, String properties, Consumer<Obs> code) {
        Runners.aws(console)
                .withPropertyValues("cruddur.obs.trace.sampler=always", "cruddur.obs.errors.endpoint=" + endpoint)
                .withPropertyValues(properties.split(" "))
                .run(context -> {
                    Obs obs = context.getBean(Obs.class);
                    code.accept(obs);
                    obs.flush(SOON);
                });
        return rollbar.items();
    }

    /** The same of a request, which the filter of ours sees. */
    private List<JsonNode> items(String property, FilterChain application) {
        Runners.web()
                .withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.logs.enabled=false",
                        "cruddur.obs.errors.access-token=test",
                        "cruddur.obs.errors.endpoint=" + rollbar.endpoint(),
                        property)
                .run(context -> {
                    var request = new MockHttpServletRequest("GET", "/the/path");
                    request.setRemoteAddr("203.0.113.77");
                    Objects.requireNonNull(registration(context).getFilter())
                            .doFilter(request, new MockHttpServletResponse(), application);
                    context.getBean(Obs.class).flush(SOON);
                });
        return rollbar.items();
    }

    private static FilterRegistrationBean<?> registration(ApplicationContext context) {
        return context.getBean(FilterRegistrationBean.class);
    }

    private static void report(Obs obs) {
        obs.error(new IllegalStateException("of a test")).report();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void uncaught(boolean reported, int items) {
        assertThat(items("cruddur.obs.errors.uncaught=" + reported, obs -> {
                    var thread = new Thread(() -> {
                        throw new IllegalStateException("ends its thread");
                    });
                    thread.start();
                    join(thread);
                }))
                .hasSize(items);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void logged(boolean reported, int items) {
        assertThat(items(
                        "cruddur.obs.errors.logged=" + reported,
                        obs -> LoggerFactory.getLogger(ErrorPropertiesTest.class)
                                .error("caught", new IllegalStateException("and logged"))))
                .hasSize(items);
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void julLogged(boolean reported, int items) {
        // An application of another test may still have these lines go to Logback.
        boolean bridged = SLF4JBridgeHandler.isInstalled();
        SLF4JBridgeHandler.uninstall();
        try {
            assertThat(items(
                            "cruddur.obs.errors.jul-logged=" + reported,
                            obs -> Logger.getLogger("of.the.jdk")
                                    .log(Level.SEVERE, "caught", new IllegalStateException("and logged"))))
                    .hasSize(items);
        } finally {
            if (bridged) {
                SLF4JBridgeHandler.install();
            }
        }
    }

    /** Those of a request, and those that say it themselves. */
    @ParameterizedTest
    @CsvSource({"true, 2", "false, 0"})
    void clientErrors(boolean reported, int items) {
        assertThat(items("cruddur.obs.errors.client-errors=" + reported, obs -> {
                    obs.error(new IllegalStateException("answered")).status(404).report();
                    obs.error(new ResponseStatusException(HttpStatus.NOT_FOUND)).report();
                }))
                .hasSize(items);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 3"})
    void maxPerMinute(int most, int items) {
        assertThat(items("cruddur.obs.errors.max-per-minute=" + most, obs -> {
                    for (int i = 0; i < 3; i++) {
                        report(obs);
                    }
                }))
                .filteredOn(item -> item.at("/custom/folded").isMissingNode())
                .hasSize(items);
    }

    @ParameterizedTest
    @CsvSource({"64KB, true", "512KB, false"})
    void maxItemSize(String most, boolean cut) {
        String large = "a crud ".repeat(1_000);
        JsonNode item = items("cruddur.obs.errors.max-item-size=" + most, obs -> {
                    ErrorReport error = obs.error("large");
                    for (int i = 0; i < 20; i++) {
                        error = error.with("field" + i, large);
                    }
                    error.report();
                })
                .get(0);
        assertThat(item.toString().length() < 65_536).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void breadcrumbs(boolean asked, boolean told) {
        JsonNode item = items(
                        "cruddur.obs.errors.breadcrumbs=" + asked,
                        obs -> obs.trace("request").run(() -> {
                            LoggerFactory.getLogger(ErrorPropertiesTest.class).info("before it");
                            report(obs);
                        }))
                .get(0);
        assertThat(item.at("/body/telemetry").toString().contains("before it")).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void threadDump(boolean asked, boolean told) {
        JsonNode item = items("cruddur.obs.errors.thread-dump=" + asked, ErrorPropertiesTest::report)
                .get(0);
        assertThat(item.at("/custom").has("threads")).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"off, ''", "anonymized, 203.0.113.0", "full, 203.0.113.77"})
    void clientAddress(String told, String address) {
        JsonNode item = items(
                        "cruddur.obs.errors.client-address=" + told,
                        (request, response) -> LoggerFactory.getLogger(ErrorPropertiesTest.class)
                                .error("caught", new IllegalStateException("and logged")))
                .get(0);
        assertThat(item.at("/request/user_ip").asString("")).isEqualTo(address);
    }

    @Test
    void root() {
        JsonNode item = items(
                        "cruddur.obs.errors.root=backend/src cruddur.obs.errors.app-packages=io.cruddur.obs.spring",
                        ErrorPropertiesTest::report)
                .get(0);
        assertThat(item.at("/server/root").asString()).isEqualTo("backend/src");
        assertThat(files(item)).contains("backend/src/io/cruddur/obs/spring/ErrorPropertiesTest.java");
    }

    private static String files(JsonNode item) {
        return Stream.concat(
                        item.at("/body/trace/frames").valueStream(),
                        item.at("/body/trace_chain/0/frames").valueStream())
                .map(frame -> frame.path("filename").asString())
                .collect(Collectors.joining(" "));
    }

    /** The receiver stands in for the proxy: nobody else could know what host is meant. */
    @Test
    void proxy() {
        String proxy = "127.0.0.1:" + rollbar.endpoint().getPort();
        List<JsonNode> items = items(
                URI.create("http://rollbar.invalid/api/1/item/"),
                "cruddur.obs.errors.proxy=" + proxy,
                ErrorPropertiesTest::report);
        assertThat(items).hasSize(1);
    }
}
