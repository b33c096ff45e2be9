package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.Span;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SqlCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A secret in whatever an application says is found in no byte on the wire or on the disk. */
@Timeout(60)
class CanaryTest {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** The same ones each time, and others with {@code -Dthorough=true}. */
    private static final long SEED = Boolean.getBoolean("thorough") ? new Random().nextLong() : 20_261_126;

    private final Random random = new Random(SEED);
    /** Texts with a secret in them, by the secret. Each is made when it is needed, and stands in no file. */
    private final Map<String, String> texts = new LinkedHashMap<>();

    CanaryTest() {
        add(letters(16), "AK" + "IA%s is the key");
        add(letters(40), "aws_secret_access_key = %s");
        add(letters(30), "X-Amz-Security-Token: %s");
        add(letters(24), "Authorization: Bearer %s");
        add(letters(24), "{\"Authorization\":\"Basic %s\"}");
        add(letters(43), "jwt ey" + "J" + letters(30) + ".ey" + "J%s." + letters(20));
        add(letters(12), "login failed, password=%s for andrew");
        add(letters(12), "{\"user\":{\"password\":\"%s\"}}");
        add(letters(12), "{\"body\":\"{\\\"api_key\\\":\\\"%s\\\"}\"}");
        add(letters(12), "postgres://app:%s@db:5432/cruddur");
        add(letters(12), "https://s3.example/b?X-Amz-Signature=%s&b=1");
        add(letters(12), "/callback?state=1&code=%s");
        add(letters(36), "pushed with gh" + "p_%s to main");
        add(letters(64), "-----BEGIN PRIVATE" + " KEY-----\n%s\n-----END PRIVATE" + " KEY-----");
        add(card(), "card %s declined");
    }

    private void add(String secret, String form) {
        texts.put(secret, form.replace("%s", secret));
    }

    private String letters(int count) {
        return random.ints(count, 0, LETTERS.length())
                .collect(StringBuilder::new, (b, i) -> b.append(LETTERS.charAt(i)), StringBuilder::append)
                .toString();
    }

    private String card() {
        String digits =
                "4" + random.ints(14, 0, 10).collect(StringBuilder::new, StringBuilder::append, StringBuilder::append);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int value = (digits.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /** What came, byte by byte. */
    private static final class Wire implements AutoCloseable {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DatagramSocket daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        Wire() throws IOException {
            daemon.setReceiveBufferSize(4 << 20);
            daemon.setSoTimeout(200);
            server.createContext("/", this::take);
            server.start();
        }

        private void take(HttpExchange exchange) throws IOException {
            try (exchange) {
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                InputStream body = exchange.getRequestBody();
                byte[] readable = (zipped ? new GZIPInputStream(body) : body).readAllBytes();
                synchronized (bytes) {
                    bytes.write(readable);
                }
                // Each service's own: neither sink believes the other's.
                boolean logs = exchange.getRequestHeaders().containsKey("X-Amz-Target");
                byte[] answer = (logs ? "{}" : "{\"err\": 0}").getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }

        String address() {
            return "127.0.0.1:" + daemon.getLocalPort();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        /** All that came; to be asked when all was sent. */
        String text() throws IOException {
            var packet = new DatagramPacket(new byte[65_507], 65_507);
            try {
                while (true) {
                    daemon.receive(packet);
                    synchronized (bytes) {
                        bytes.write(packet.getData(), 0, packet.getLength());
                    }
                    packet.setLength(65_507);
                }
            } catch (SocketTimeoutException e) {
                synchronized (bytes) {
                    return bytes.toString(StandardCharsets.UTF_8);
                }
            }
        }

        @Override
        public void close() {
            server.stop(0);
            daemon.close();
        }
    }

    private static Obs open(Wire wire) {
        return builder(wire.address(), wire.url()).build();
    }

    private static ObsBuilder builder(String daemon, URI url) {
        return Obs.builder()
                .service("canary")
                .xrayDaemon(daemon)
                .rollbarToken("none")
                .rollbarEndpoint(url)
                .logGroup("canary")
                .logStream("canary")
                .region("eu-central-1")
                .cloudWatchEndpoint(url)
                .anonymousAws(true);
    }

    private static void say(Obs obs, String text) {
        Logger log = LoggerFactory.getLogger("app.Canary");
        try (Span root = obs.trace(text).server().start()) {
            root.http(new HttpRequest("GET", text, "10.0.0.1", text, false));
            root.annotate("annotated", text).annotate(text, "a key");
            root.metadata("space", "described", text).metadata(text, text, List.of(Map.of(text, text)));
            root.user(text);
            obs.trace("query").client().run(span -> span.sql(SqlCall.of(text).withUrl(text)));
            obs.trace("call").client().run(span -> span.aws(AwsCall.of(text).withTableName(text)));
            var exception = new IllegalStateException(text, new IOException(text));
            exception.addSuppressed(new IllegalArgumentException(text));
            root.exception(exception);
            obs.error(exception)
                    .with("custom", text)
                    .with(text, Map.of("deep", List.of(text)))
                    .report();
            obs.error(text)
                    .request(new HttpRequest("GET", text, null, text, false))
                    .report();
            MDC.put("context", text);
            log.info(text);
            log.atInfo().addKeyValue("value", text).log("argument {}", text);
            log.error("failed", exception);
            MDC.remove("context");
            root.httpResponse(500, 0);
        }
    }

    /** A value that only its name gives away. */
    private static void sayByName(Obs obs, String secret) {
        try (Span root = obs.trace("by name").start()) {
            root.annotate("api_key", secret).metadata("space", "userPassword", secret);
            root.metadata("deep", Map.of("client_secret", List.of(secret)));
            obs.error("by name")
                    .with("access-token", secret)
                    .with("deep", Map.of("pwd", secret))
                    .report();
            MDC.put("session_token", secret);
            LoggerFactory.getLogger("app.Canary")
                    .atInfo()
                    .addKeyValue("password", secret)
                    .log("by name");
            MDC.remove("session_token");
        }
    }

    private static @Nullable String firstPartFound(String wire, String secret) {
        for (int i = 0; i + 8 <= secret.length(); i++) {
            if (wire.contains(secret.substring(i, i + 8))) {
                return secret.substring(i, i + 8);
            }
        }
        return null;
    }

    @Test
    void noSecretIsInAnyByteOnTheWire() throws IOException {
        String named = letters(20);
        try (var wire = new Wire();
                Obs obs = open(wire)) {
            texts.values().forEach(text -> say(obs, text));
            sayByName(obs, named);
            assertThat(obs.flush(Duration.ofSeconds(30)).isComplete()).isTrue();

            assertNone(wire.text(), named);
            assertThat(obs.adjustments().get("redacted")).isGreaterThan(texts.size() * 20L);
        }
    }

    @Test
    void noSecretIsInAnyByteOnTheDisk(@TempDir Path spool) throws IOException {
        String named = letters(20);
        ObsBuilder builder = builder("127.0.0.1:9", refusing()).shutdownTimeout(Duration.ZERO);
        builder.delivery(delivery -> delivery.spool(SpoolMode.WRITE_AHEAD).spoolDirectory(spool));
        try (Obs obs = builder.build()) {
            texts.values().forEach(text -> say(obs, text));
            sayByName(obs, named);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(obs.report().sinks())
                            .filteredOn(sink -> !sink.name().equals("xray"))
                            .hasSize(2)
                            .allSatisfy(sink -> assertThat(sink.spooled())
                                    .isEqualTo(sink.accepted())
                                    .isPositive()));
            assertNone(onDisk(spool), named);
        }
        assertNone(onDisk(spool), named);
    }

    private void assertNone(String text, String named) {
        assertThat(text).contains("[redacted]", "for andrew", "argument ", "by name", "X-Amz-Signature");
        texts.forEach((secret, said) -> assertThat(firstPartFound(text, secret))
                .as("seed %d: %s", SEED, said)
                .isNull());
        assertThat(firstPartFound(text, named)).as("seed %d: by name", SEED).isNull();
    }

    /** An address at which nobody listens. */
    private static URI refusing() throws IOException {
        return URI.create("http://127.0.0.1:" + ReturningPorts.deserted() + "/");
    }

    /** All bytes of all files, and their names. */
    private static String onDisk(Path directory) throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                text.append(file).append('\n');
                if (Files.isRegularFile(file)) {
                    text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return text.toString();
    }

    @Test
    void whereItIsTurnedOffTheyAreThere() throws IOException {
        try (var wire = new Wire();
                Obs obs = Obs.builder()
                        .redact(secrets -> secrets.off())
                        .rollbarToken("none")
                        .rollbarEndpoint(wire.url())
                        .build()) {
            texts.values().forEach(text -> obs.error(text).report());
            assertThat(obs.flush(Duration.ofSeconds(30)).isComplete()).isTrue();

            String sent = wire.text();
            assertThat(texts.keySet()).allMatch(sent::contains);
            assertThat(obs.adjustments()).doesNotContainKey("redacted");
        }
    }
}
