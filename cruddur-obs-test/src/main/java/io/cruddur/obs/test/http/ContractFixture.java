package io.cruddur.obs.test.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.CapturedTraces;
import io.cruddur.obs.test.RollbarReceiver;
import io.cruddur.obs.test.SegmentSchema;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Servers, clients and what came of their requests. After each case nothing may be left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractFixture {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String SERVICE = "backend";

    /** Whom a server believes. */
    enum Trust {
        LOOPBACK("private"),
        NOBODY("none");

        final String peers;

        Trust(String peers) {
            this.peers = peers;
        }
    }

    private final BlockingQueue<byte[]> documents = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<Trust, RunningServer> servers = new EnumMap<>(Trust.class);
    final Gate gate = new Gate();

    private volatile boolean recorded = true;
    private @Nullable RollbarReceiver rollbar;
    private @Nullable Obs obs;

    /** Starts the application of the contract behind the adapter, on a free port of the loopback address. */
    protected abstract RunningServer start(ServerSettings settings) throws Exception;

    /** What the server or the framework does not have, each with the reason, which a skipped case shows. */
    protected Map<Feature, String> missing() {
        return Map.of();
    }

    @BeforeEach
    final void begin() throws IOException {
        recorded = true;
        gate.reset();
        if (obs == null) {
            rollbar = new RollbarReceiver();
            Sampler switched = (name, request) -> recorded ? SamplingDecision.YES : SamplingDecision.NO;
            obs = Obs.builder()
                    .service(SERVICE)
                    .namedByHost("*.named.example*")
                    .sampler(switched)
                    .installLogAppender(false)
                    .closeOnShutdown(false)
                    .segmentDocuments(documents::add)
                    .rollbarToken("none")
                    .rollbarEndpoint(rollbar.endpoint())
                    .build();
        }
    }

    /** What a case did not ask for is too much: a second segment of one request, or a report nobody expected. */
    @AfterEach
    final void nothingIsLeft() {
        obs().flush(PATIENCE);
        var segments = documents.stream().map(ContractFixture::parse).toList();
        documents.clear();
        List<JsonNode> items = rollbar().items();
        while (!rollbar().isEmpty()) {
            item();
        }
        assertThat(segments).as("segments that nobody expected").isEmpty();
        assertThat(items).as("reports that nobody expected").isEmpty();
        assertThat(obs().openRoots()).as("what did not end").isEmpty();
        assertThat(obs().report().sinks())
                .as("what was lost")
                .allMatch(sink -> sink.lostTotal() == 0, "nothing lost")
                .extracting(DeliveryReport.Sink::name)
                .isNotEmpty();
    }

    @AfterAll
    final void end() throws Exception {
        for (RunningServer server : servers.values()) {
            server.close();
        }
        servers.clear();
        if (obs != null) {
            obs.close();
            rollbar().close();
        }
    }

    final Obs obs() {
        return present(obs);
    }

    private RollbarReceiver rollbar() {
        return present(rollbar);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("There is one only within a case.");
        }
        return value;
    }

    /** Takes the report of the case, where one is allowed and not wanted. */
    final void takeItemIfThereIsOne() {
        obs().flush(PATIENCE);
        if (!rollbar().isEmpty()) {
            item();
        }
    }

    /** Skips a case, saying why, where the server cannot do what it is about. */
    final void needs(Feature feature) {
        String reason = missing().get(feature);
        Assumptions.assumeTrue(reason == null, () -> feature + " is missing: " + reason);
    }

    /** From here on new traces of this case are not recorded. */
    final void recordNothing() {
        recorded = false;
    }

    final int port(Trust trust) throws Exception {
        RunningServer server = servers.get(trust);
        if (server == null) {
            server = start(new ServerSettings(obs(), gate, List.of(trust.peers), List.of("/excluded/**")));
            servers.put(trust, server);
        }
        return server.port();
    }

    final URI uri(String path) throws Exception {
        return uri(Trust.LOOPBACK, path);
    }

    final URI uri(Trust trust, String path) throws Exception {
        return URI.create("http://127.0.0.1:" + port(trust) + path);
    }

    /** A GET with headers, given as name, value, name, value. */
    final HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", Trust.LOOPBACK, path, headers);
    }

    /** The same from a caller who is not trusted. */
    final HttpResponse<String> getAsStranger(String path, String... headers) throws Exception {
        return send("GET", Trust.NOBODY, path, headers);
    }

    final HttpResponse<String> send(String method, Trust trust, String path, String... headers) throws Exception {
        return client.send(request(method, trust, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    final HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    final CompletableFuture<HttpResponse<String>> getInBackground(String path) throws Exception {
        return client.sendAsync(request("GET", Trust.LOOPBACK, path), HttpResponse.BodyHandlers.ofString());
    }

    final HttpResponse<InputStream> getStream(String path) throws Exception {
        return client.send(request("GET", Trust.LOOPBACK, path), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest request(String method, Trust trust, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(trust, path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Sends what no decent client would, as it is; gives the whole answer. */
    final String raw(String request) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    final Socket connect() throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port(Trust.LOOPBACK));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** The one segment of the next request that ends, which is in order by the schema. */
    final CapturedSpan segment() throws InterruptedException {
        byte[] document = documents.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (document == null) {
            throw new AssertionError("no segment came within " + PATIENCE);
        }
        JsonNode json = parse(document);
        assertThat(SegmentSchema.errors(json)).as("%s", json).isEmpty();
        return CapturedTraces.of(List.of(json)).roots().get(0);
    }

    final boolean noSegmentYet() {
        obs().flush(PATIENCE);
        return documents.isEmpty();
    }

    private static JsonNode parse(byte[] document) {
        return JsonMapper.shared().readTree(document);
    }

    /** The next item that Rollbar gets. */
    final JsonNode item() {
        try {
            return rollbar().next();
        } catch (IOException e) {
            throw new AssertionError("nothing was reported", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("nothing was reported before the thread was interrupted", e);
        }
    }

    static JsonNode http(CapturedSpan segment, String part) {
        return segment.document().path("http").path(part);
    }

    static int status(CapturedSpan segment) {
        return http(segment, "response").path("status").asInt(0);
    }

    /** The path of the URL that the segment has, with the query. */
    static String target(CapturedSpan segment) {
        String url = http(segment, "request").path("url").asString("");
        int slash = url.indexOf('/', "http://".length());
        return slash < 0 ? url : url.substring(slash);
    }

    /** The trace's id as the caller is told it; null if it is not. */
    static @Nullable String toldTraceId(HttpResponse<?> answer) {
        String header = answer.headers().firstValue("X-Amzn-Trace-Id").orElse(null);
        return header == null ? null : header.replaceAll(".*Root=([^;]+).*", "$1");
    }
}
