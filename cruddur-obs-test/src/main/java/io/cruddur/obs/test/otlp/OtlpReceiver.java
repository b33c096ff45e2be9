package io.cruddur.obs.test.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for an OpenTelemetry collector on a real loopback socket, as strict as the protocol: what is no protobuf, or
 * holds a span without proper ids, is refused. Reads by OpenTelemetry's own classes. Point the code under test at
 * {@link #endpoint()} and read {@link #spans()}. Thread-safe.
 */
public final class OtlpReceiver implements AutoCloseable {
    private static final String PATH = "/v1/traces";
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "otlp-receiver");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ReceivedSpan> spans = new ArrayList<>();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final Deque<OtlpAnswer> next = new ArrayDeque<>();
    private int maxBytes = Integer.MAX_VALUE;

    /** Listens on a free port of the loopback address. */
    public OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var request = new ReceivedRequest(
                    exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body);
            OtlpAnswer answer = answer(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (!answer.contentType().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            }
            byte[] content = answer.body();
            exchange.sendResponseHeaders(answer.status(), content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private synchronized OtlpAnswer answer(ReceivedRequest request) throws IOException {
        requests.add(request);
        OtlpAnswer asked = next.poll();
        if (asked != null && !asked.takes()) {
            return asked;
        }
        if (!request.path().equals(PATH)) {
            return OtlpAnswer.of(404);
        }
        if (!request.header("Content-Type").equals("application/x-protobuf")) {
            return OtlpAnswer.of(415);
        }
        boolean zipped = request.header("Content-Encoding").equals("gzip");
        byte[] plain =
                zipped ? new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes() : request.body();
        if (plain.length > maxBytes) {
            return OtlpAnswer.of(413);
        }
        List<ReceivedSpan> read = read(plain);
        if (read == null || !read.stream().allMatch(span -> isWhole(span.span()))) {
            return OtlpAnswer.of(400);
        }
        spans.addAll(read);
        return asked == null ? OtlpAnswer.TAKEN : asked;
    }

    private static @Nullable List<ReceivedSpan> read(byte[] plain) {
        try {
            return ExportTraceServiceRequest.parseFrom(plain).getResourceSpansList().stream()
                    .flatMap(of -> of.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream())
                            .map(span -> new ReceivedSpan(of.getResource(), span)))
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    private static boolean isWhole(Span span) {
        return span.getTraceId().size() == TRACE_ID_BYTES
                && span.getSpanId().size() == SPAN_ID_BYTES
                && span.getEndTimeUnixNano() >= span.getStartTimeUnixNano()
                && span.getStartTimeUnixNano() > 0;
    }

    /** Where requests are to be posted. */
    public URI endpoint() {
        return URI.create(base() + PATH);
    }

    /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} would be. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next requests are answered like this, after those for which it was said before. */
    public synchronized void answerNext(int count, OtlpAnswer answer) {
        next.addAll(Collections.nCopies(count, answer));
    }

    /** Whatever was said of the next requests is taken back. */
    public synchronized void answerAsUsual() {
        next.clear();
    }

    /** Requests of more bytes than that, when they are uncompressed, are refused with 413. */
    public synchronized void maxBytes(int bytes) {
        maxBytes = bytes;
    }

    /** The spans that were taken, in the order in which they came. */
    public synchronized List<ReceivedSpan> spans() {
        return List.copyOf(spans);
    }

    /** The requests that came, those that were refused among them. */
    public synchronized List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
