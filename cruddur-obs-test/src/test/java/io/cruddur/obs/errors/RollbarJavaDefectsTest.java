package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.ReturningPorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What rollbar-java 2.3.0 does wrong, each through our sender. That it sends cookies is looked at with a real request, in the starter. */
class RollbarJavaDefectsTest extends Reporting {
    private static final String PATH = "/api/1/item/";

    private Obs sendingTo(int port, Duration timeout) {
        return obs(builder()
                .rollbarEndpoint(URI.create("http://127.0.0.1:" + port + PATH))
                .delivery(delivery -> delivery.attemptTimeout(timeout))
                .shutdownTimeout(Duration.ofMillis(200)));
    }

    @Test
    void hasNoTimeouts() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Obs obs = sendingTo(silent.getLocalPort(), Duration.ofMillis(100));
            obs.error("kept").report();
            // Each attempt is a connection of its own: the first came to an end.
            silent.accept();
            silent.accept();
            assertThat(obs.report().sinks().stream()
                            .filter(sink -> sink.name().equals("rollbar"))
                            .findFirst())
                    .hasValueSatisfying(sink -> assertThat(sink.pending()).isOne());
        }
    }

    @Test
    void dropsAnItemWhenAConnectionIsRefused() throws IOException {
        int port = ReturningPorts.deserted();
        Obs obs = sendingTo(port, Duration.ofSeconds(10));
        String uuid = obs.error("kept").report();
        Set<String> arrived = ConcurrentHashMap.newKeySet();
        HttpServer late = ReturningPorts.again(port, RollbarJavaDefectsTest::serverAt);
        late.createContext(PATH, exchange -> {
            try (exchange) {
                arrived.add(uuidIn(exchange));
                byte[] taken = "{\"err\": 0}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, taken.length);
                exchange.getResponseBody().write(taken);
            }
        });
        late.start();
        try {
            await().atMost(SOON).until(() -> arrived.contains(uuid));
        } finally {
            late.stop(0);
        }
    }

    @Test
    void dropsAnItemAfterOne429() throws IOException {
        var calls = new AtomicInteger();
        List<String> uuids = new ArrayList<>();
        HttpServer busy = serverAt(0);
        busy.createContext(PATH, exchange -> {
            try (exchange) {
                synchronized (uuids) {
                    uuids.add(uuidIn(exchange));
                }
                boolean enough = calls.incrementAndGet() > 3;
                byte[] answer = (enough ? "{\"err\": 0}" : "{\"err\": 1}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(enough ? 200 : 429, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        busy.start();
        try {
            Obs obs = sendingTo(busy.getAddress().getPort(), Duration.ofSeconds(10));
            String uuid = obs.error("kept").report();
            await().atMost(SOON).until(() -> obs.flush(SOON).isComplete());
            assertThat(uuids).hasSize(4).containsOnly(uuid);
        } finally {
            busy.stop(0);
        }
    }

    private static HttpServer serverAt(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    private static String uuidIn(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        return JsonMapper.shared()
                .readTree(zipped ? new GZIPInputStream(body) : body)
                .at("/data/uuid")
                .asString();
    }

    @Test
    void overflowsTheCallersStackWithACyclicCause() {
        var one = new RuntimeException("one");
        one.initCause(new RuntimeException("two", one));
        String uuid = obs().error(one).report();
        assertThat(item().path("uuid").asString()).isEqualTo(uuid);
    }

    @Test
    void writesInvalidJsonOfNaN() {
        // The receiver reads strict JSON.
        obs().error("NaN").with("share", Double.NaN).report();
        assertThat(item().at("/custom/share").asString()).isEqualTo("NaN");
    }

    @Test
    void dumpsTheStacksOfAllThreadsWithEveryReport() throws InterruptedException {
        var end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            var thread = new Thread(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            threads.add(thread);
            thread.start();
        }
        try {
            obs().error(new IllegalStateException("of one thread")).report();
            JsonNode item = item();
            assertThat(item.toString()).hasSizeLessThan(65_536);
            assertThat(item.at("/body/threads").isMissingNode()).isTrue();
            assertThat(item.at("/custom/threads").isMissingNode()).isTrue();
        } finally {
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void hearsOfUncaughtExceptionsOfOneThreadOnly() throws InterruptedException {
        var go = new CountDownLatch(1);
        var before = new Thread(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                return;
            }
            throw new IllegalStateException("of a thread that was there before");
        });
        before.start();
        obs();
        go.countDown();
        before.join();
        var after = new Thread(() -> {
            throw new IllegalArgumentException("of a later one");
        });
        after.start();
        after.join();
        assertThat(items())
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.path("level").asString()).isEqualTo("critical"))
                .allSatisfy(
                        item -> assertThat(item.path("is_uncaught").asBoolean()).isTrue());
    }

    @Test
    void logsTheTokenAtDebug() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.setContext(root.getLoggerContext());
        lines.start();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        try {
            Obs obs = obs();
            obs.error(new IllegalStateException("seen at trace")).report();
            assertThat(items()).hasSize(1);
            LoggerFactory.getLogger("app").trace("here {}", obs);
        } finally {
            root.setLevel(level);
            root.detachAppender(lines);
        }
        List<ILoggingEvent> said;
        // A library's thread may still be within the appender, which is in this lock then.
        synchronized (lines) {
            said = List.copyOf(lines.list);
        }
        assertThat(said)
                .isNotEmpty()
                .noneMatch(line -> line.getFormattedMessage().contains("token-of-this-test"));
    }
}
