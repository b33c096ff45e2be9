package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.ErrorWindows;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.ReturningPorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The receiver is away while errors go on, more of one kind than are sent one by one and a few of others: for some
 * thousands, with a minute of 200 ms; with {@code -Pthorough} for five minutes of real ones.
 */
@Timeout(900)
class ErrorOutageTest {
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final Duration WINDOW = THOROUGH ? Duration.ofMinutes(1) : Duration.ofMillis(200);
    private static final Duration OUTAGE = THOROUGH ? Duration.ofMinutes(5) : Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int LIMIT = 20;

    private final List<JsonNode> arrived = Collections.synchronizedList(new ArrayList<>());
    private long reported;

    @Test
    void everyErrorIsThereAfterwardsByItselfOrFoldedAndNoneTwice(@TempDir Path directory) throws Exception {
        HttpServer first = ReturningPorts.first(this::listen);
        int port = first.getAddress().getPort();
        try (Obs obs = Obs.builder()
                .rollbarToken("test")
                .rollbarEndpoint(URI.create("http://127.0.0.1:" + port + "/api/1/item/"))
                .errors(errors -> ErrorWindows.of(errors.maxPerMinute(LIMIT), WINDOW))
                .delivery(delivery -> delivery.spool(SpoolMode.OVERFLOW)
                        .spoolDirectory(directory)
                        // An item that was taken and answered too late is sent again, as it has to be: not here.
                        .attemptTimeout(Duration.ofSeconds(10)))
                .closeOnShutdown(false)
                .build()) {
            errors(obs, Duration.ofMillis(100));
            // Else it might go away between an item and its answer, and get that item again.
            awaitAllTold(obs);
            first.stop(0);
            errors(obs, OUTAGE);
            HttpServer second = ReturningPorts.again(port, this::listen);
            try {
                errors(obs, Duration.ofMillis(100));
                awaitAllTold(obs);
            } finally {
                second.stop(1);
            }
            assertThat(obs.errorCounts().isBalanced()).isTrue();
            assertThat(obs.errorCounts().reported()).isEqualTo(reported);
            assertThat(obs.errorCounts().folded()).isPositive();
        }
        assertThat(arrived.stream().map(item -> item.at("/data/uuid").asString()))
                .doesNotHaveDuplicates();
        long singles = arrived.stream().filter(item -> folded(item) == 0).count();
        long folded = arrived.stream().mapToLong(ErrorOutageTest::folded).sum();
        assertThat(singles + folded).isEqualTo(reported);
    }

    /** What was folded is told at the end of its window, by an item more. */
    private static void awaitAllTold(Obs obs) {
        await().atMost(LONG).until(() -> obs.errorCounts().untold() == 0);
        await().atMost(LONG).until(() -> obs.flush(LONG).isComplete());
    }

    private static long folded(JsonNode item) {
        return item.at("/data/custom/folded/count").asLong(0);
    }

    /** At the pace of a service that fails, not a wait for something. */
    private void errors(Obs obs, Duration howLong) {
        long end = System.nanoTime() + howLong.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            obs.error(new IllegalStateException("again and again")).report();
            reported++;
            if (i % 50 == 0) {
                obs.error("now and then, kind " + (char) ('a' + i / 50 % 20)).report();
                reported++;
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/api/1/item/", exchange -> {
            try (exchange) {
                InputStream body = exchange.getRequestBody();
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                arrived.add(JsonMapper.shared().readTree(zipped ? new GZIPInputStream(body) : body));
                byte[] taken = "{\"err\": 0}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, taken.length);
                exchange.getResponseBody().write(taken);
            }
        });
        server.start();
        return server;
    }
}
