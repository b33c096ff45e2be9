package io.cruddur.obs.httpclient;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TracedHttpClientTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final Queue<Map<String, String>> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient plain = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            each -> each.getKey().toLowerCase(Locale.ROOT),
                            each -> String.join(",", each.getValue()))));
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/slow")) {
                awaitQuietly();
            }
            byte[] body = "crud".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    path.equals("/missing") ? 404 : path.equals("/fails") ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private void awaitQuietly() {
        try {
            assertThat(mayAnswer.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpClient traced() {
        return TracedHttpClient.of(telemetry.obs(), plain);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .header("X-Own", "kept")
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build();
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }

    @Test
    void whileObsCannotBeHadItCallsAllTheSame() throws Exception {
        HttpClient client = TracedHttpClient.of(
                () -> {
                    throw new IllegalStateException("not there yet");
                },
                plain);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                .build();
        int status = telemetry
                .obs()
                .trace("request")
                .call(() -> client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        assertThat(status).isEqualTo(200);
        assertThat(requests.element()).doesNotContainKey("x-amzn-trace-id");
        assertThat(telemetry.trace().children()).isEmpty();
    }

    @Test
    void aCallIsAChildNamedByItsHostAndTellsTheOtherSide() throws Exception {
        telemetry.obs().trace("request").run(() -> {
            assertThat(traced().send(request("/cruds?token=secret&page=1"), text())
                            .body())
                    .isEqualTo("crud");
        });
        assertThat(telemetry.trace()).hasToString("request(127.0.0.1)");
        CapturedSpan call = telemetry.trace().children().get(0);
        var document = call.document();
        assertThat(document.path("namespace").asString()).isEqualTo("remote");
        assertThat(document.at("/http/request/method").asString()).isEqualTo("POST");
        assertThat(document.at("/http/request/url").asString())
                .isEqualTo("http://127.0.0.1:" + server.getAddress().getPort() + "/cruds?token=&page=");
        assertThat(document.at("/http/response/status").asInt()).isEqualTo(200);
        assertThat(document.at("/http/response/content_length").asInt()).isEqualTo(4);
        assertThat(requests.element()).containsEntry("x-own", "kept").containsEntry("content-length", "5");
        assertThat(call).isOk().isPropagatedBy(requests.element());
        assertThat(requests.element().get("traceparent")).contains(call.id());
    }

    @Test
    void statusesAreErrorsAndFaults() throws Exception {
        telemetry.obs().trace("request").run(() -> {
            assertThat(traced().send(request("/missing"), text()).statusCode()).isEqualTo(404);
            assertThat(traced().send(request("/fails"), text()).statusCode()).isEqualTo(503);
        });
        assertThat(telemetry.trace().children().get(0)).isError();
        assertThat(telemetry.trace().children().get(1)).isFault();
    }

    @Test
    void acceptingNobodyIsAFaultInBothForms() throws Exception {
        HttpRequest toNobody = request("/");
        server.stop(0);
        telemetry.obs().trace("request").run(() -> {
            assertThatThrownBy(() -> traced().send(toNobody, text())).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> traced().sendAsync(toNobody, text()).get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ConnectException.class);
        });
        // Whoever waits for the answer may hear of it before the span does.
        await().until(() -> telemetry.obs().openRoots().isEmpty());
        assertThat(telemetry.trace().children())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call).isFault().failedWith(ConnectException.class));
    }

    @Test
    void anAsynchronousCallEndsWithItsAnswerAndIsNotCurrentMeanwhile() throws Exception {
        telemetry.obs().trace("request").run(() -> {
            var answer = traced().sendAsync(request("/slow"), text());
            telemetry.obs().trace("meanwhile").run(() -> {});
            mayAnswer.countDown();
            assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("crud");
        });
        await().until(() -> telemetry.obs().openRoots().isEmpty());
        assertThat(telemetry.trace()).hasToString("request(127.0.0.1, meanwhile)");
        assertThat(telemetry.trace().children().get(0)).hasStatus(200);
    }

    @Test
    void anAsynchronousCallThatIsCancelledEndsAndTheCallWithIt() throws Exception {
        telemetry.obs().trace("request").run(() -> {
            var answer = traced().sendAsync(request("/slow"), text());
            assertThat(answer.cancel(true)).isTrue();
        });
        // The client's own thread may be the one that completes it.
        await().until(() -> telemetry.obs().openRoots().isEmpty());
        assertThat(telemetry.trace().children().get(0)).isFault().failedWith(CancellationException.class);
    }

    @Test
    void insideASpanThatIsACallThereIsNoSecondOneAndTheHeadersAreItsOwn() throws Exception {
        telemetry.obs().trace("by RestClient").client().run(() -> {
            assertThat(traced().send(request("/"), text()).statusCode()).isEqualTo(200);
        });
        assertThat(telemetry.trace()).hasToString("by RestClient").isPropagatedBy(requests.element());
    }

    @Test
    void whereNoTraceIsCurrentTheRequestIsSentAsItIs() throws Exception {
        assertThat(traced().send(request("/"), text()).statusCode()).isEqualTo(200);
        assertThat(telemetry.documents()).isEmpty();
        assertThat(requests.element()).doesNotContainKeys("x-amzn-trace-id", "traceparent");
    }

    @Test
    void aTraceThatIsNotRecordedIsHandedOnAsSuch() throws Exception {
        try (Obs unsampled = Obs.builder()
                        .sampler(Sampler.never())
                        .segmentDocuments(document -> {
                            throw new AssertionError("was sent");
                        })
                        .build();
                Span root = unsampled.trace("request").start()) {
            TracedHttpClient.of(unsampled, plain).send(request("/"), text());
            assertThat(requests.element().get("x-amzn-trace-id"))
                    .startsWith("Root=" + root.context().xrayTraceId())
                    .endsWith("Sampled=0");
        }
    }

    @Test
    void inAllElseItIsTheClientBehindIt() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(3))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpClient traced = TracedHttpClient.of(telemetry.obs(), client);
        assertThat(TracedHttpClient.of(telemetry.obs(), traced)).isSameAs(traced);
        assertThat(traced.connectTimeout()).contains(Duration.ofSeconds(3));
        assertThat(traced.followRedirects()).isEqualTo(HttpClient.Redirect.NORMAL);
        assertThat(traced.version()).isEqualTo(client.version());
        assertThat(traced.sslContext()).isSameAs(client.sslContext());
        assertThat(traced.executor()).isEmpty();
        if (traced instanceof AutoCloseable closeable) {
            closeable.close();
            assertThat(((TracedHttpClient) traced).isTerminated()).isTrue();
        }
    }
}
