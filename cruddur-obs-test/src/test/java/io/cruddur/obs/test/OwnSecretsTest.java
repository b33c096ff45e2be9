package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.delivery.SpoolMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What we are given to be let in by the services stays between us and them, also when they refuse it. */
@Timeout(60)
class OwnSecretsTest {
    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET_KEY = "aws.secretAccessKey";

    private final String token = secret();
    private final String key = secret();
    private final String header = secret();

    private static String secret() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @AfterEach
    void forget() {
        System.clearProperty(KEY);
        System.clearProperty(SECRET_KEY);
    }

    @Test
    void theyAreInNoLineNoTextAndNoByteOnTheDisk(@TempDir Path spool) throws IOException {
        System.setProperty(KEY, "the-name-of-a-key");
        System.setProperty(SECRET_KEY, key);
        List<String> texts = new ArrayList<>();
        HttpServer refusing = refusing();
        try (var lines = new Lines()) {
            ObsBuilder builder = builder(
                    URI.create("http://127.0.0.1:" + refusing.getAddress().getPort() + "/"));
            builder.delivery(delivery -> delivery.spool(SpoolMode.WRITE_AHEAD).spoolDirectory(spool));
            texts.add(builder.toString());
            try (Obs obs = builder.build()) {
                obs.trace("request").run(() -> {
                    obs.error("refused").report();
                    LoggerFactory.getLogger("app.Own").warn("refused, too");
                });
                // Each of the three has said who refuses what.
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(lines.texts)
                                .filteredOn(line -> line.contains("http_403"))
                                .hasSizeGreaterThanOrEqualTo(3));
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(obs.report().sinks())
                                .hasSize(3)
                                .allSatisfy(sink -> assertThat(sink.spooled()).isPositive()));
                texts.add(obs.toString());
                texts.add(obs.report().toString());
                texts.add(obs.report().sinks().toString());
                texts.add(onDisk(spool));
            }
            texts.add(onDisk(spool));
            texts.addAll(lines.texts);
        } finally {
            refusing.stop(0);
        }
        assertThat(texts)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(token)
                        .doesNotContain(key)
                        .doesNotContain(header));
    }

    private ObsBuilder builder(URI url) {
        return Obs.builder()
                .service("own")
                .rollbarToken(token)
                .rollbarEndpoint(url.resolve("api/1/item/"))
                .logGroup("own")
                .logStream("own")
                .region("eu-central-1")
                .cloudWatchEndpoint(url)
                .traces(traces -> traces.exporters(TraceExporter.OTLP)
                        .otlpEndpoint(url.resolve("v1/traces"))
                        .otlpHeaders(Map.of("x-key", header)))
                .closeOnShutdown(false)
                .shutdownTimeout(Duration.ZERO);
    }

    /** Says no to everybody, as a service does to a wrong token. */
    private static HttpServer refusing() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(403, -1);
            }
        });
        server.start();
        return server;
    }

    /** Every line of ours down to the last detail, and of all others what is shown by default. */
    private static final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();
        private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

        Lines() {
            setContext(context);
            start();
            context.getLogger("ROOT").addAppender(this);
            context.getLogger("io.cruddur.obs").setLevel(Level.TRACE);
        }

        @Override
        protected void append(ILoggingEvent event) {
            texts.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }

        @Override
        public void close() {
            context.getLogger("io.cruddur.obs").setLevel(null);
            context.getLogger("ROOT").detachAppender(this);
        }
    }

    private static String onDisk(Path directory) throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
