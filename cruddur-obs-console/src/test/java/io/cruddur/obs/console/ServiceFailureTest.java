package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.console.ConsoleClient.Reply;
import io.cruddur.obs.console.internal.error.RollbarApi;
import io.cruddur.obs.console.internal.http.Access;
import io.cruddur.obs.console.internal.http.HttpListener;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.log.CloudWatchLogsApi;
import io.cruddur.obs.console.internal.otlp.OtlpApi;
import io.cruddur.obs.console.internal.trace.XRayApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.XRayException;

/**
 * What no client can bring about, and still must not look as if another service had answered: here each way in has lost
 * the store behind it.
 */
@Timeout(120)
class ServiceFailureTest {

    private static final String TOKEN = "known-token";
    private static final String REASON = "The console failed on this request.";

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final PrintStream usual = System.err;
    private HttpListener listener;
    private Console console;
    private ConsoleClient client;

    @BeforeEach
    @SuppressWarnings("NullAway") // the stores that fail
    void serveWithoutStores() throws IOException {
        listener = HttpListener.bind("127.0.0.1", 0);
        Access access = new Access(TOKEN, listener.port());
        Routes routes = new Routes();
        new XRayApi(null, access).addTo(routes);
        new CloudWatchLogsApi(null, access).addTo(routes);
        new RollbarApi(null).addTo(routes);
        new OtlpApi(null).addTo(routes);
        routes.open("GET", Ping.PATH, call -> Ping.answer()).open("GET", "/fails/{on}", call -> {
            throw new IllegalStateException("on \u001b[31m" + call.path("on"));
        });
        listener.serve(routes, access);
        console = Console.builder().port(listener.port()).open();
        assertThat(console.joined()).isTrue();
        client = new ConsoleClient(console);
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setErr(usual);
        console.close();
        listener.close();
    }

    static Stream<Named<Consumer<XRayClient>>> xrayCalls() {
        return Stream.of(
                Named.of(
                        "PutTraceSegments",
                        xray -> xray.putTraceSegments(r -> r.traceSegmentDocuments(
                                Documents.notifications().toString()))),
                Named.of(
                        "GetTraceSummaries",
                        xray -> xray.getTraceSummaries(
                                r -> r.startTime(Instant.EPOCH).endTime(Instant.now()))),
                Named.of("BatchGetTraces", xray -> xray.batchGetTraces(r -> r.traceIds(Documents.TRACE))));
    }

    @ParameterizedTest
    @MethodSource("xrayCalls")
    void anXRayClientGetsAnExceptionOfItsService(Consumer<XRayClient> call) {
        try (XRayClient xray = AwsClients.client(
                XRayClient.builder().overrideConfiguration(c -> c.retryStrategy(b -> b.maxAttempts(1))),
                console,
                TOKEN)) {
            assertThatThrownBy(() -> call.accept(xray))
                    .isInstanceOfSatisfying(XRayException.class, this::assertInternal);
        }
        assertLoggedOnce();
    }

    static Stream<Named<Consumer<CloudWatchLogsClient>>> logCalls() {
        return Stream.of(
                Named.of(
                        "PutLogEvents",
                        logs -> logs.putLogEvents(r -> r.logGroupName("g")
                                .logStreamName("s")
                                .logEvents(InputLogEvent.builder()
                                        .timestamp(System.currentTimeMillis())
                                        .message("m")
                                        .build()))),
                Named.of("FilterLogEvents", logs -> logs.filterLogEvents(r -> r.logGroupName("g"))));
    }

    @ParameterizedTest
    @MethodSource("logCalls")
    void aCloudWatchLogsClientGetsAnExceptionOfItsService(Consumer<CloudWatchLogsClient> call) {
        try (CloudWatchLogsClient logs = AwsClients.client(
                CloudWatchLogsClient.builder().overrideConfiguration(c -> c.retryStrategy(b -> b.maxAttempts(1))),
                console,
                TOKEN)) {
            logs.createLogGroup(r -> r.logGroupName("g"));
            logs.createLogStream(r -> r.logGroupName("g").logStreamName("s"));

            assertThatThrownBy(() -> call.accept(logs))
                    .isInstanceOfSatisfying(CloudWatchLogsException.class, this::assertInternal);
        }
        assertLoggedOnce();
    }

    private void assertInternal(AwsServiceException failure) {
        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("InternalFailure");
        assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(REASON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/1/item/", "/api/1/item"})
    void aRollbarNotifierGetsRollbarsShape(String path) {
        Reply reply = client.post(path, Items.message("u", "boom").toString());

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("{\"err\":1,\"message\":\"" + REASON + "\"}");
        assertLoggedOnce();
    }

    @Test
    void anOtlpExporterGetsAStatusAsJson() {
        String type = "application/json";

        Reply reply = client.post(
                "/v1/traces", "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}", "Content-Type", type);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.header("Content-Type")).isEqualTo(type);
        assertThat(reply.body()).isEqualTo("{\"code\":13,\"message\":\"" + REASON + "\"}");
        assertLoggedOnce();
    }

    @Test
    void anOtlpExporterGetsAStatusAsProtobuf() {
        String type = "application/x-protobuf";
        // resource_spans, its scope_spans, their spans, each an empty message in the one before.
        byte[] request = {0x0A, 4, 0x12, 2, 0x12, 0};

        Reply reply = client.send("POST", "/v1/traces", request, "Content-Type", type);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.header("Content-Type")).isEqualTo(type);
        assertThat(reply.body()).isEqualTo("\b\r\u0012" + (char) REASON.length() + REASON);
        assertLoggedOnce();
    }

    /** In a method, a path, a header: what a terminal would obey is not printed as it came. */
    @Test
    void noLineOfTheLogHasWhatATerminalObeys() throws IOException {
        // The last two are bytes of UTF-8: the introducer of control sequences, the override of direction.
        for (String bad :
                List.of("\u001b[31m", "%1B[31m", "%C2%9B1m", "%E2%80%AE", "\u00c2\u009b1m", "\u00e2\u0080\u00ae")) {
            send("GET /fails/" + bad + " HTTP/1.1");
            send("GET" + bad + " /fails/x HTTP/1.1");
            send("GET /fails/x HTTP/1.1", "X" + bad + ": " + bad, "Cookie: " + bad, "Content-Type: " + bad);
            send("POST /v1/traces HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked", "", bad);
        }

        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("The console failed on GET /fails/")
                .contains("IllegalStateException: on \\u001b[31m")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n\\t\\r]]");
    }

    private void send(String request, String... headers) throws IOException {
        Stream<String> lines = Stream.of(
                        Stream.of(request, "Host: localhost:" + listener.port(), "Connection: close"),
                        Stream.of(headers))
                .flatMap(part -> part);
        RawHttp.exchange(listener.port(), lines.toArray(String[]::new));
    }

    private void assertLoggedOnce() {
        assertThat(logged.toString(StandardCharsets.UTF_8)).containsOnlyOnce("The console failed on ");
    }
}
