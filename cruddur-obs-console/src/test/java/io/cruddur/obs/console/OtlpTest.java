package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.ConsoleClient.Reply;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OTLP/HTTP, written by OpenTelemetry's own SDK. */
class OtlpTest extends WithConsole {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void theSdksOwnExporterIsUnderstood(String compression) {
        tell(OtlpHttpSpanExporter.builder()
                .setEndpoint(console.address() + "/v1/traces")
                .setCompression(compression)
                .build());

        assertTold();
    }

    @Test
    void theSdksJsonIsUnderstoodLikewise() {
        tell(new JsonExporter());

        assertTold();
    }

    /** Two services: one calls the other, a database, a queue of AWS, and one of its spans fails. */
    private void tell(SpanExporter exporter) {
        SdkTracerProvider orders = provider("orders", exporter);
        SdkTracerProvider stock = provider("stock", exporter);
        Tracer tracer = orders.get("test");
        Span server = tracer.spanBuilder("GET /orders/{id}")
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", "GET")
                .setAttribute("url.scheme", "http")
                .setAttribute("server.address", "localhost")
                .setAttribute("server.port", 8080)
                .setAttribute("url.path", "/orders/7")
                .setAttribute("http.response.status_code", 500)
                .setAttribute("order.id", 7)
                .setAttribute(AttributeKey.stringArrayKey("tags"), List.of("a", "b"))
                .startSpan();
        Context inServer = Context.root().with(server);
        Span client = tracer.spanBuilder("GET")
                .setParent(inServer)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("server.address", "stock.local")
                .setAttribute("url.full", "http://stock.local/items/7")
                .setAttribute("http.request.method", "GET")
                .setAttribute("http.response.status_code", 200)
                .startSpan();
        SpanContext remote = SpanContext.createFromRemoteParent(
                client.getSpanContext().getTraceId(),
                client.getSpanContext().getSpanId(),
                TraceFlags.getSampled(),
                TraceState.getDefault());
        stock.get("test")
                .spanBuilder("GET /items/{id}")
                .setParent(Context.root().with(Span.wrap(remote)))
                .setSpanKind(SpanKind.SERVER)
                .startSpan()
                .end();
        client.end();
        tracer.spanBuilder("SELECT orders")
                .setParent(inServer)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("db.system.name", "postgresql")
                .setAttribute("db.namespace", "shop")
                .setAttribute("db.query.text", "SELECT * FROM orders WHERE id = ?")
                .setAttribute("server.address", "db")
                .startSpan()
                .end();
        Span inner = tracer.spanBuilder("price").setParent(inServer).startSpan();
        inner.addEvent("looked up", Attributes.of(AttributeKey.longKey("rows"), 3L));
        inner.recordException(new IllegalStateException("no price"));
        inner.setStatus(StatusCode.ERROR, "no price");
        inner.end();
        server.setStatus(StatusCode.ERROR);
        server.end();
        assertThat(orders.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        assertThat(stock.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        orders.close();
        stock.close();
    }

    private void assertTold() {
        JsonNode row = client.json("/api/traces?filter=" + ConsoleClient.encoded("service=stock annotation.order.id=7"))
                .path("traces")
                .path(0);
        assertThat(row.path("service").asString()).isEqualTo("orders");
        assertThat(row.path("name").asString()).isEqualTo("GET /orders/7");
        assertThat(row.path("status").asInt()).isEqualTo(500);
        assertThat(row.path("fault").asBoolean()).isTrue();
        assertThat(row.path("spans").asInt()).isEqualTo(5);

        JsonNode spans = client.json("/api/traces/" + row.path("id").asString()).path("spans");
        JsonNode server = named(spans, "GET /orders/{id}");
        assertThat(server.path("kind").asString()).isEqualTo("segment");
        assertThat(server.at("/http/request/url").asString()).isEqualTo("http://localhost:8080/orders/7");
        assertThat(server.at("/metadata/default/tags/1").asString()).isEqualTo("b");
        assertThat(server.at("/metadata/resource/service.name").asString()).isEqualTo("orders");
        JsonNode sql = named(spans, "SELECT orders");
        assertThat(sql.at("/sql/sanitized_query").asString()).isEqualTo("SELECT * FROM orders WHERE id = ?");
        assertThat(sql.path("service").asString()).isEqualTo("orders");
        assertThat(sql.path("parentId")).isEqualTo(server.path("id"));
        JsonNode failed = named(spans, "price");
        assertThat(failed.path("fault").asBoolean()).isTrue();
        JsonNode exception = failed.path("exceptions").path(0);
        assertThat(exception.path("type").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(exception.at("/stack/0/label").asString()).endsWith("OtlpTest.tell");
        assertThat(exception.at("/stack/0/line").asInt()).isPositive();
        assertThat(failed.at("/metadata/otel/events/0/attributes/rows").asInt()).isEqualTo(3);
        assertThat(named(spans, "GET /items/{id}").path("service").asString()).isEqualTo("stock");

        JsonNode edges = client.json("/api/map").path("edges");
        assertThat(edges.valueStream()
                        .map(edge -> edge.path("from").asString() + " > "
                                + edge.path("to").asString()))
                .containsExactlyInAnyOrder(
                        "client:Clients > service:orders",
                        "service:orders > service:stock",
                        "service:orders > sql:shop@db");
    }

    @Test
    void aSpanThatCannotBeKeptIsToldAsAPartialSuccess() {
        Reply reply = client.post("/v1/traces", """
                {"resourceSpans":[{"scopeSpans":[{"spans":[
                  {"traceId":"00000000000000000000000000000000","spanId":"0000000000000001","name":"no trace"},
                  {"traceId":"5759e988bd862e3fe1be46a994272793","spanId":"0000000000000001","name":"good",
                   "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000000001000"}]}]}]}""", "Content-Type", JSON);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/partialSuccess/rejectedSpans").asString()).isEqualTo("1");
        assertThat(reply.json().at("/partialSuccess/errorMessage").asString()).contains("trace_id");
        assertThat(client.json("/api/traces").path("traces")).hasSize(1);
    }

    @Test
    void anEmptyRequestIsASuccess() {
        assertThat(client.post("/v1/traces", "{}", "Content-Type", JSON).body()).isEqualTo("{}");
        Reply empty = client.send("POST", "/v1/traces", new byte[0], "Content-Type", PROTOBUF);
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.header("Content-Type")).isEqualTo(PROTOBUF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/grpc", "application/xml"})
    void anotherContentTypeIs415AndSaysWhich(String type) {
        Reply reply = client.post("/v1/traces", "{}", "Content-Type", type);

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().path("code").asInt()).isEqualTo(3);
        assertThat(reply.json().path("message").asString()).contains(type, "http/protobuf");
    }

    @Test
    void noTruncationOfARequestIsTakenForAWholeOneOrFails() throws IOException {
        byte[] whole = request();

        for (int length = 0; length < whole.length; length++) {
            Reply reply = client.send("POST", "/v1/traces", Arrays.copyOf(whole, length), "Content-Type", PROTOBUF);
            assertThat(reply.status()).as("of " + length).isIn(200, 400);
        }
        assertThat(client.json("/api/traces").path("traces")).isEmpty();
        assertThat(client.send("POST", "/v1/traces", whole, "Content-Type", PROTOBUF)
                        .status())
                .isEqualTo(200);
        assertThat(client.json("/api/traces").path("traces")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "\"x\""})
    void malformedJsonIs400InTheFormatOfTheRequest(String body) {
        Reply reply = client.post("/v1/traces", body, "Content-Type", JSON);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString()).isNotEmpty();
    }

    @Test
    void gzipBombsEndAtTheLimit() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write("[".repeat(20 << 20).getBytes(StandardCharsets.UTF_8));
        }

        for (String type : new String[] {JSON, PROTOBUF}) {
            Reply reply = client.send(
                    "POST", "/v1/traces", bomb.toByteArray(), "Content-Type", type, "Content-Encoding", "gzip");
            assertThat(reply.status()).isEqualTo(413);
        }
    }

    /** Two bytes each, and an object each in memory. */
    @Test
    void protobufOfMillionsOfEmptyMessagesIsRefused() throws IOException {
        byte[] empty = new byte[5 << 20];
        for (int i = 0; i < empty.length; i += 2) empty[i] = 0x0a;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(empty);
        }

        Reply reply = client.send(
                "POST", "/v1/traces", body.toByteArray(), "Content-Type", PROTOBUF, "Content-Encoding", "gzip");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("300000 parts");
    }

    @Test
    void asManySpansAsARequestMayHaveAreTakenAsJson() {
        StringBuilder spans = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            spans.append(i == 0 ? "" : ",").append("""
                    {"traceId":"%032x","spanId":"%016x","name":"n","kind":1,"startTimeUnixNano":"1700000000000000000",\
                    "endTimeUnixNano":"1700000000000001000","attributes":[""".formatted(i % 100 + 1, i + 1));
            for (int a = 0; a < 5; a++) {
                spans.append(a == 0 ? "" : ",")
                        .append("{\"key\":\"a")
                        .append(a)
                        .append("\",\"value\":{\"stringValue\":\"v\"}}");
            }
            spans.append("]}");
        }
        String body = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}";
        assertThat(body.length()).isLessThan(5 << 20);

        Reply reply = client.post("/v1/traces", body, "Content-Type", JSON);

        assertThat(reply.status() + " " + reply.body()).isEqualTo("200 {}");
    }

    /** A request of one span, by the SDK. */
    private static byte[] request() throws IOException {
        Recorded recorded = new Recorded();
        SdkTracerProvider provider = provider("orders", recorded);
        provider.get("test")
                .spanBuilder("work")
                .setAttribute("order.id", 7)
                .startSpan()
                .end();
        provider.close();
        return recorded.bytes;
    }

    private static SdkTracerProvider provider(String service, SpanExporter exporter) {
        return SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
    }

    private static JsonNode named(JsonNode spans, String name) {
        return spans.valueStream()
                .filter(span -> span.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No span " + name + " in " + spans));
    }

    /** What the SDK makes of spans, handed on as bytes. */
    private abstract static class Marshalled implements SpanExporter {

        abstract void marshal(TraceRequestMarshaler request, ByteArrayOutputStream out) throws IOException;

        abstract boolean isTaken(byte[] request);

        @Override
        public final CompletableResultCode export(Collection<SpanData> spans) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                marshal(TraceRequestMarshaler.create(spans), out);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return isTaken(out.toByteArray()) ? CompletableResultCode.ofSuccess() : CompletableResultCode.ofFailure();
        }

        @Override
        public final CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public final CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    /** Posts what the SDK's own JSON writer makes. */
    private final class JsonExporter extends Marshalled {

        @Override
        void marshal(TraceRequestMarshaler request, ByteArrayOutputStream out) throws IOException {
            request.writeJsonTo(out);
        }

        @Override
        boolean isTaken(byte[] request) {
            return client.send("POST", "/v1/traces", request, "Content-Type", JSON)
                    .body()
                    .equals("{}");
        }
    }

    /** Keeps the bytes of the last request. */
    private static final class Recorded extends Marshalled {

        private byte[] bytes = {};

        @Override
        void marshal(TraceRequestMarshaler request, ByteArrayOutputStream out) throws IOException {
            request.writeBinaryTo(out);
        }

        @Override
        boolean isTaken(byte[] request) {
            bytes = request;
            return true;
        }
    }
}
