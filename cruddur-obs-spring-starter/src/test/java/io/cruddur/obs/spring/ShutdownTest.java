package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.cruddur.obs.Obs;
import io.cruddur.obs.console.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The end of an application: what is under way is finished, told and counted, in this order. */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void whatEndsWithTheApplicationIsStillSentAndTheLawIsItsLastWord(CapturedOutput output) throws Exception {
        try (Console console = Console.builder().port(0).token("open-sesame").open()) {
            var received = new ConsoleClient(console);
            ConfigurableApplicationContext application = StartedApplication.start(
                    Application.class,
                    "--cruddur.obs.mode=local",
                    "--cruddur.obs.console.port=" + console.port(),
                    // How long a busy machine needs is not what is looked at here.
                    "--cruddur.obs.delivery.shutdown-timeout=60s",
                    "--spring.application.name=backend-flask");
            var slow = application.getBean(Slow.class);
            CompletableFuture<HttpResponse<String>> answer = request(application, "/slow");
            slow.entered.await();

            CompletableFuture<Void> closing = CompletableFuture.runAsync(application::close);
            await().until(() -> output.toString().contains("Commencing graceful shutdown"));
            slow.mayGoOn.countDown();
            closing.get();

            assertThat(answer.get().statusCode()).isEqualTo(200);
            String id = answer.get()
                    .headers()
                    .firstValue("X-Amzn-Trace-Id")
                    .orElseThrow()
                    .substring(5, 40);
            // UDP has no answer: what the kernel has may still be on its way into the console.
            await().atMost(SOON)
                    .until(() ->
                            !received.get("/api/traces/" + id).path("spans").isEmpty());
            assertThat(received.get("/api/logs").path("logs"))
                    .extracting(line -> line.path("message").asString())
                    .contains("a worker says goodbye");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    received.get("/api/delivery").at("/processes/0/sinks"))
                            .hasSize(3)
                            .allSatisfy(sink -> assertThat(sink.path("accepted").asLong())
                                    .isEqualTo(sink.path("delivered").asLong())));
            assertThat(output.toString().indexOf("Cruddur Obs closed."))
                    .isGreaterThan(output.toString().indexOf("Graceful shutdown complete"))
                    .isGreaterThan(output.toString().indexOf("a worker says goodbye"));
            assertThat(output.toString().substring(output.toString().indexOf("Cruddur Obs closed.")))
                    .contains("a bean says goodbye");
            assertThat(received.get("/api/traces").isMissingNode())
                    .as("a console that was only joined")
                    .isFalse();
        }
    }

    @Test
    void aConsoleOfItsOwnEndsWithTheApplication() {
        // Another program may take a port that is let go; but not each of several.
        assertThat(Stream.generate(ShutdownTest::letsItsPortGo).limit(3).anyMatch(free -> free))
                .as("a port is free again")
                .isTrue();
    }

    private static boolean letsItsPortGo() {
        ConfigurableApplicationContext application =
                StartedApplication.start(StartedApplication.Empty.class, "--cruddur.obs.mode=local");
        int port = application.getBean(Console.class).port();
        application.close();

        try (Console again = Console.builder().port(port).start()) {
            return !again.joined();
        } catch (IOException taken) {
            return false;
        }
    }

    @Test
    @Timeout(120)
    void theDeadlineHoldsWhenADestinationHangsAndWhatIsLeftIsOnDisk(CapturedOutput output, @TempDir Path spool)
            throws Exception {
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ConfigurableApplicationContext application = StartedApplication.start(
                    StartedApplication.Empty.class,
                    "--cruddur.obs.mode=aws",
                    "--cruddur.obs.logs.enabled=false",
                    "--cruddur.obs.trace.sampler=never",
                    "--cruddur.obs.errors.access-token=test",
                    "--cruddur.obs.errors.endpoint=http://127.0.0.1:" + hanging.getLocalPort() + "/",
                    "--cruddur.obs.delivery.spool.mode=overflow",
                    "--cruddur.obs.delivery.spool.directory=" + spool,
                    "--cruddur.obs.delivery.attempt-timeout=1h",
                    "--cruddur.obs.delivery.shutdown-timeout=0s");
            application.getBean(Obs.class).error("never taken").report();
            long begin = System.nanoTime();
            application.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("the end, while an attempt may last an hour")
                    .isLessThan(Duration.ofSeconds(60));
            assertThat(output).contains("Cruddur Obs closed. rollbar: accepted 1 = delivered 0 + pending 1");
            assertThat(onDisk(spool)).containsOnlyOnce("never taken");
        }
    }

    private static String onDisk(Path spool) throws IOException {
        try (Stream<Path> files = Files.walk(spool)) {
            var text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        }
    }

    @Test
    void theAppenderIsThereOnceHoweverOftenTheApplicationStarts() {
        for (int start = 0; start < 3; start++) {
            ConfigurableApplicationContext application =
                    StartedApplication.start(StartedApplication.Empty.class, "--cruddur.obs.mode=local");
            assertThat(appenders()).as("start " + start).isEqualTo(1);
            application.close();
            assertThat(appenders()).as("close " + start).isZero();
        }
    }

    @Test
    void aContextThatIsStoppedButNotClosedGoesOnAfterwards() {
        try (ConfigurableApplicationContext application =
                StartedApplication.start(StartedApplication.Empty.class, "--cruddur.obs.mode=local")) {
            application.pause();
            assertThat(application.getBean(ObsLifecycle.class).isRunning())
                    .as("no flush for a pause")
                    .isTrue();
            application.stop();
            application.start();
            String id = application
                    .getBean(Obs.class)
                    .trace("after a stop")
                    .call(span -> span.context().xrayTraceId());
            var received = new ConsoleClient(application.getBean(Console.class));
            await().until(() -> !received.get("/api/traces/" + id).isMissingNode());
        }
    }

    private static long appenders() {
        var root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        Iterable<Appender<ILoggingEvent>> all = root::iteratorForAppenders;
        return StreamSupport.stream(all.spliterator(), false)
                .filter(appender -> appender.getClass().getName().startsWith("io.cruddur.obs"))
                .count();
    }

    private static CompletableFuture<HttpResponse<String>> request(ConfigurableApplicationContext at, String path) {
        String port = at.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Slow.class)
    static class Application {
        @Bean
        Worker worker() {
            return new Worker();
        }

        @Bean
        AutoCloseable goodbye() {
            return () -> LoggerFactory.getLogger(Application.class).info("a bean says goodbye");
        }
    }

    @RestController
    static class Slow {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch mayGoOn = new CountDownLatch(1);

        @GetMapping("/slow")
        String slow() throws InterruptedException {
            entered.countDown();
            mayGoOn.await();
            return "done";
        }
    }

    /** Stops after the web server, as schedulers and listeners may. */
    static class Worker implements SmartLifecycle {
        private volatile boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            LoggerFactory.getLogger(Worker.class).info("a worker says goodbye");
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }
}
