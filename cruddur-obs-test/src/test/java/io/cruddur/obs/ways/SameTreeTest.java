package io.cruddur.obs.ways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.SegmentsReceiver;
import io.cruddur.obs.test.otlp.OtlpReceiver;
import io.cruddur.obs.test.otlp.ReceivedSpan;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The same service by each way, and by several at once: the ids and the tree do not depend on the way. */
class SameTreeTest {
    private static final String TRACE_ID = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String CALLER = "53995c3f42cd8ad8";

    private DaemonReceiver daemon;
    private SegmentsReceiver segments;
    private OtlpReceiver collector;

    /** One span: what it is below decides the tree. */
    private record Node(String name, String id, String parentId) {}

    /** As the daemon has both at the same port. */
    private record Both(SegmentsReceiver segments, DaemonReceiver daemon) {}

    @BeforeEach
    void listen() throws IOException {
        Both both = listenToBoth();
        segments = both.segments();
        daemon = both.daemon();
        collector = new OtlpReceiver();
    }

    private static Both listenToBoth() throws IOException {
        for (int i = 0; i < 100; i++) {
            var segments = new SegmentsReceiver();
            try {
                return new Both(segments, new DaemonReceiver(segments.endpoint().getPort()));
            } catch (BindException e) {
                // Free for one of them alone: the next.
                segments.close();
            }
        }
        throw new BindException("no port is free for both");
    }

    @AfterEach
    void close() {
        daemon.close();
        segments.close();
        collector.close();
    }

    private Obs obs(String exporters) {
        return Obs.builder()
                .service("backend-flask")
                .xrayDaemon(segments.address())
                .traces(traces -> traces.exporters(
                                TraceExporter.parse("exporter", exporters).toArray(TraceExporter[]::new))
                        .otlpEndpoint(collector.endpoint()))
                .delivery(delivery -> delivery.spool(SpoolMode.OFF))
                .closeOnShutdown(false)
                .build();
    }

    /** A request with work in it, and one part that fails; gives the tree as the service itself sees it. */
    private static Set<Node> serve(Obs obs) {
        var seen = new HashSet<Node>();
        Map<String, String> headers =
                Map.of("X-Amzn-Trace-Id", "Root=" + TRACE_ID + ";Parent=" + CALLER + ";Sampled=1");
        obs.trace("GET /api/activities/home")
                .server()
                .continueFrom(headers::get)
                .run(() -> {
                    String root = note(seen, obs, "GET /api/activities/home", CALLER);
                    obs.trace("home").annotate("handle", "andrewbrown").run(() -> {
                        String home = note(seen, obs, "home", root);
                        obs.trace("db").client().run(() -> note(seen, obs, "db", home));
                        try {
                            obs.trace("cache").run(() -> {
                                note(seen, obs, "cache", home);
                                throw new IllegalStateException("away");
                            });
                        } catch (IllegalStateException e) {
                            assertThat(e).hasMessage("away");
                        }
                    });
                    obs.trace("render").metadata("items", 7).run(() -> note(seen, obs, "render", root));
                });
        return seen;
    }

    private static String note(Set<Node> seen, Obs obs, String name, String parentId) {
        TraceContext current = obs.currentTraceContext();
        assertThat(current.xrayTraceId()).isEqualTo(TRACE_ID);
        seen.add(new Node(name, current.spanId(), parentId));
        return current.spanId();
    }

    private static Set<Node> tree(JsonNode segment) {
        assertThat(segment.path("trace_id").asString()).isEqualTo(TRACE_ID);
        var nodes = new HashSet<Node>();
        collect(segment, segment.path("parent_id").asString(), nodes);
        return nodes;
    }

    private static void collect(JsonNode node, String parentId, Set<Node> to) {
        String id = node.path("id").asString();
        to.add(new Node(node.path("name").asString(), id, parentId));
        node.path("subsegments").forEach(child -> collect(child, id, to));
    }

    private static Set<Node> tree(Iterable<ReceivedSpan> spans) {
        var nodes = new HashSet<Node>();
        for (ReceivedSpan span : spans) {
            assertThat(span.traceId())
                    .isEqualTo(TRACE_ID.replaceFirst("^1-", "").replace("-", ""));
            nodes.add(new Node(span.name(), span.spanId(), span.parentId()));
        }
        return nodes;
    }

    private static void flush(Obs obs) {
        DeliveryReport report = obs.flush(Duration.ofSeconds(30));
        assertThat(report.isComplete()).as("%s", report).isTrue();
        assertThat(report.sinks())
                .allSatisfy(sink -> assertThat(sink.lostTotal()).isZero());
    }

    @Test
    void byDatagrams() throws IOException {
        try (Obs obs = obs("udp")) {
            Set<Node> seen = serve(obs);
            flush(obs);
            assertThat(tree(daemon.next())).isEqualTo(seen);
            assertThat(collector.spans()).isEmpty();
        }
    }

    @Test
    void byCallsThatAreAcknowledged() {
        try (Obs obs = obs("acknowledged")) {
            Set<Node> seen = serve(obs);
            flush(obs);
            assertThat(segments.documents()).hasSize(1);
            assertThat(tree(segments.documents().get(0))).isEqualTo(seen);
        }
    }

    @Test
    void overOtlp() {
        try (Obs obs = obs("otlp")) {
            Set<Node> seen = serve(obs);
            flush(obs);
            assertThat(tree(collector.spans())).isEqualTo(seen);
            assertThat(segments.documents()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp,acknowledged,otlp", "otlp, acknowledged, UDP"})
    void bySeveralAtOnceEachGetsAll(String exporters) throws IOException {
        try (Obs obs = obs(exporters)) {
            for (int i = 0; i < 20; i++) {
                Set<Node> seen = serve(obs);
                flush(obs);
                assertThat(tree(daemon.next())).isEqualTo(seen);
                assertThat(tree(segments.documents().get(i))).isEqualTo(seen);
                assertThat(tree(collector.spans().subList(5 * i, 5 * i + 5))).isEqualTo(seen);
            }
            assertThat(obs.report().sinks())
                    .extracting(DeliveryReport.Sink::name)
                    .containsExactlyInAnyOrder("xray", "xray-acknowledged", "otlp");
        }
    }

    @Test
    void oneThatIsAwayDoesNotHoldUpTheOther() throws IOException {
        segments.close();
        try (Obs obs = Obs.builder()
                .xrayDaemon(segments.address())
                .traces(traces -> traces.exporters(TraceExporter.ACKNOWLEDGED, TraceExporter.OTLP)
                        .otlpEndpoint(collector.endpoint()))
                .delivery(delivery -> delivery.spool(SpoolMode.OFF))
                .shutdownTimeout(Duration.ZERO)
                .closeOnShutdown(false)
                .build()) {
            for (int i = 0; i < 200; i++) {
                serve(obs);
            }
            await().untilAsserted(() -> {
                obs.flush(Duration.ZERO);
                assertThat(obs.report().sinks())
                        .anySatisfy(sink -> assertThat(sink.delivered()).isEqualTo(200))
                        .anySatisfy(sink -> assertThat(sink.pending()).isEqualTo(200));
            });
            assertThat(collector.spans()).hasSize(200 * 5);
            assertThat(obs.report().isBalanced()).isTrue();
        }
    }
}
