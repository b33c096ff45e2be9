package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Recording, seen from the API and from the daemon's end of the wire. */
@Timeout(60)
class TracingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private DaemonReceiver daemon;
    private Obs obs;

    @BeforeEach
    void start() throws IOException {
        daemon = new DaemonReceiver();
        obs = Obs.builder()
                .service("backend-flask")
                .xrayDaemon(daemon.address())
                .build();
    }

    @AfterEach
    void stop() {
        assertThat(obs.currentTraceContext().isValid())
                .as("a span was left current")
                .isFalse();
        obs.close();
        assertThat(obs.report().isBalanced()).isTrue();
        daemon.close();
    }

    @Test
    void theSeedsTwoSpansArriveNested() throws IOException {
        int number = obs.trace("notifications_activities")
                .annotate("URI", "/api/activities/notifications")
                .call(parent -> obs.trace("returning_mock_data").call(child -> {
                    child.metadata("notification results", Map.of("number", 3));
                    return 3;
                }));
        assertThat(number).isEqualTo(3);
        JsonNode segment = daemon.next();
        assertThat(segment.path("name").asString()).isEqualTo("notifications_activities");
        assertThat(segment.at("/annotations/URI").asString()).isEqualTo("/api/activities/notifications");
        JsonNode child = segment.at("/subsegments/0");
        assertThat(child.path("name").asString()).isEqualTo("returning_mock_data");
        assertThat(child.at("/metadata/default/notification results/number").asInt())
                .isEqualTo(3);
        assertThat(child.path("start_time").asDouble())
                .isGreaterThanOrEqualTo(segment.path("start_time").asDouble());
        assertThat(child.path("end_time").asDouble())
                .isLessThanOrEqualTo(segment.path("end_time").asDouble());
    }

    @Test
    void childrenKeepTheOrderInWhichTheyBegan() throws IOException {
        obs.trace("root").run(() -> {
            for (int i = 0; i < 5; i++) {
                obs.trace("child" + i).run(() -> obs.trace("grandchild").run(() -> {}));
            }
        });
        List<String> names = new ArrayList<>();
        daemon.next().path("subsegments").forEach(child -> {
            names.add(child.path("name").asString());
            assertThat(child.path("subsegments")).hasSize(1);
        });
        assertThat(names).containsExactly("child0", "child1", "child2", "child3", "child4");
    }

    @Test
    void closingTwiceSendsOnce() throws IOException {
        Span span = obs.trace("once").start();
        span.close();
        span.close();
        assertThat(obs.flush(SOON).sinks().get(0).accepted()).isEqualTo(1);
        daemon.next();
        assertThat(daemon.isEmpty()).isTrue();
    }

    @Test
    void closeEndsThisSpanAndNotTheCurrentOne() throws IOException {
        Span root = obs.trace("root").start();
        Span outer = obs.trace("outer").start();
        Span inner = obs.trace("inner").start();
        outer.close();
        assertThat(obs.currentSpan()).isSameAs(inner);
        Span sibling = obs.trace("inside inner").start();
        sibling.close();
        inner.close();
        assertThat(obs.currentSpan()).isSameAs(root);
        root.close();
        JsonNode document = daemon.next();
        assertThat(document.at("/subsegments/0/subsegments/0/subsegments/0/name")
                        .asString())
                .isEqualTo("inside inner");
    }

    @Test
    void aSpanMayEndOnAnotherThread() throws Exception {
        Span root = obs.trace("root").start();
        Span child = obs.trace("child").start();
        var thread = new Thread(() -> {
            child.annotate("from", "elsewhere");
            child.close();
            root.close();
        });
        thread.start();
        thread.join();
        assertThat(daemon.next().at("/subsegments/0/annotations/from").asString())
                .isEqualTo("elsewhere");
    }

    @Test
    void aTreeWaitsForTheChildrenOfOtherThreads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Span root = obs.trace("root").start();
            List<Future<?>> tasks = new ArrayList<>();
            Span held = obs.trace("held").start();
            for (int i = 0; i < 100; i++) {
                tasks.add(pool.submit(obs.wrap(() -> obs.trace("task").run(() -> {}))));
            }
            root.close();
            for (Future<?> task : tasks) {
                task.get();
            }
            assertThat(obs.flush(SOON).sinks().get(0).accepted()).isZero();
            held.close();
            JsonNode document = daemon.next();
            assertThat(document.at("/subsegments/0/subsegments")).hasSize(100);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aPoolsThreadGoesBackAsItCame() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Runnable leaky = obs.trace("root")
                    .call(() -> obs.wrap(() -> {
                        Span forgotten = obs.trace("forgotten").start();
                        assertThat(obs.currentSpan()).isSameAs(forgotten);
                    }));
            pool.submit(leaky).get();
            Callable<Boolean> isTraced = () -> obs.currentTraceContext().isValid();
            assertThat(pool.submit(isTraced).get()).isFalse();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aDetachedRootGoesOnElsewhere() throws Exception {
        Span root = obs.trace("root").start();
        Runnable rest = obs.wrap(() -> obs.trace("elsewhere").run(() -> {}));
        obs.trace("forgotten").start().isRecording();
        obs.trace("forgotten trace").newTrace().start().isRecording();
        root.detach();
        assertThat(obs.currentTraceContext().isValid()).isFalse();
        obs.trace("another request").run(() -> {});
        assertThat(daemon.next().path("name").asString()).isEqualTo("another request");
        var thread = new Thread(() -> {
            rest.run();
            root.close();
        });
        thread.start();
        thread.join();
        obs.close();
        JsonNode document = daemon.next();
        assertThat(document.path("name").asString()).isEqualTo("root");
        assertThat(document.path("subsegments"))
                .extracting(child -> child.path("name").asString())
                .containsExactly("forgotten", "elsewhere");
    }

    @Test
    void aDetachedUnsampledRootIsNotCurrentAnyMore() {
        try (Obs unsampled = Obs.builder()
                .xrayDaemon(daemon.address())
                .sampler(Sampler.never())
                .build()) {
            Span root = unsampled.trace("root").start();
            root.detach();
            assertThat(unsampled.currentTraceContext().isValid()).isFalse();
            assertThat(root.context().isValid()).isTrue();
            root.close();
        }
    }

    @Test
    void aChildOfATreeThatHasGoneIsADocumentOfItsOwn() throws Exception {
        var late = new Object() {
            Runnable task = () -> {};
        };
        obs.trace("root").run(() -> late.task = obs.wrap(() -> obs.trace("late").run(() -> {})));
        JsonNode root = daemon.next();
        late.task.run();
        JsonNode fragment = daemon.next();
        assertThat(fragment.path("type").asString()).isEqualTo("subsegment");
        assertThat(fragment.path("parent_id").asString())
                .isEqualTo(root.path("id").asString());
        assertThat(fragment.path("trace_id").asString())
                .isEqualTo(root.path("trace_id").asString());
    }

    @Test
    void aRootWhoseChildNeverEndsGoesOutAtTheEnd() throws IOException {
        Span root = obs.trace("root").start();
        obs.trace("never ended").start().isRecording();
        root.close();
        obs.close();
        JsonNode document = daemon.next();
        assertThat(document.path("end_time").isNumber()).isTrue();
        assertThat(document.at("/subsegments/0/in_progress").asBoolean()).isTrue();
        obs.currentSpan().close();
    }

    @Test
    void anExceptionIsOnItsOwnSpanAndThrownOn() throws IOException {
        var failure = new IOException("disk", new IllegalStateException("why"));
        assertThatThrownBy(() -> obs.trace("root").run(() -> {
                    obs.trace("child").run(() -> {
                        throw failure;
                    });
                }))
                .isSameAs(failure);
        JsonNode child = daemon.next().at("/subsegments/0");
        assertThat(child.path("fault").asBoolean()).isTrue();
        JsonNode exceptions = child.at("/cause/exceptions");
        assertThat(exceptions.at("/0/type").asString()).isEqualTo("java.io.IOException");
        assertThat(exceptions.at("/0/message").asString()).isEqualTo("disk");
        assertThat(exceptions.at("/0/stack/0/label").asString()).contains("TracingTest");
        assertThat(exceptions.at("/0/cause").asString())
                .isEqualTo(exceptions.at("/1/id").asString());
        assertThat(exceptions.at("/1/message").asString()).isEqualTo("why");
    }

    @Test
    void anExceptionIsInFullWhereItHappenedAndAnIdWhereItPassed() throws IOException {
        var failure = new IllegalStateException("deep");
        assertThatThrownBy(() -> obs.trace("root")
                        .run(() -> obs.trace("outer")
                                .run(() -> obs.trace("inner").run(() -> {
                                    throw failure;
                                }))))
                .isSameAs(failure);
        JsonNode root = daemon.next();
        JsonNode full = root.at("/subsegments/0/subsegments/0/cause/exceptions/0");
        assertThat(full.path("message").asString()).isEqualTo("deep");
        assertThat(root.path("cause").asString()).isEqualTo(full.path("id").asString());
        assertThat(root.at("/subsegments/0/cause").asString())
                .isEqualTo(full.path("id").asString());
        assertThat(SegmentSchema.errors(root)).isEmpty();
    }

    @Test
    void anUnsampledSpanKeepsItsIdsOnAnotherThread() throws Exception {
        try (Obs unsampled = Obs.builder()
                .xrayDaemon(daemon.address())
                .sampler(Sampler.never())
                .build()) {
            unsampled.trace("root").run(root -> {
                Span child = unsampled.trace("child").start();
                var seen = new java.util.concurrent.CompletableFuture<TraceContext>();
                new Thread(() -> seen.complete(child.context())).start();
                assertThat(seen.get()).isEqualTo(root.context());
                var wrapped = new java.util.concurrent.CompletableFuture<TraceContext>();
                Runnable task = () -> wrapped.complete(unsampled.currentSpan().context());
                new Thread(unsampled.wrap(task)).start();
                assertThat(wrapped.get()).isEqualTo(root.context());
            });
        }
    }

    @Test
    void aTreeThatEndsAfterTheCloseIsCounted() {
        Span root = obs.trace("root").start();
        Span child = obs.trace("child").start();
        obs.close();
        root.close();
        child.close();
        assertThat(obs.report().sinks().get(0).lost()).isEqualTo(Map.of("closed", 1L));
    }

    @Test
    void statusesMarkTheSpan() throws IOException {
        for (int status : new int[] {200, 404, 429, 503}) {
            try (Span span = obs.trace("request").server().start()) {
                span.http(new HttpRequest("GET", "http://h/p", "10.0.0.1", "curl", true));
                span.httpResponse(status, 12);
            }
        }
        List<JsonNode> documents = daemon.next(4);
        assertThat(documents).extracting(d -> d.has("fault")).containsExactly(false, false, false, true);
        assertThat(documents).extracting(d -> d.has("error")).containsExactly(false, true, true, false);
        assertThat(documents).extracting(d -> d.has("throttle")).containsExactly(false, false, true, false);
        JsonNode http = documents.get(0).path("http");
        assertThat(http.at("/request/x_forwarded_for").asBoolean()).isTrue();
        assertThat(http.at("/response/content_length").asInt()).isEqualTo(12);
    }

    @Test
    void anInboundHeaderIsContinued() throws IOException {
        String root = "1-5759e988-bd862e3fe1be46a994272793";
        obs.trace("amzn")
                .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=" + root + ";Parent=53995c3f42cd8ad8;Sampled=1")::get)
                .run(() -> {});
        JsonNode amzn = daemon.next();
        assertThat(amzn.path("trace_id").asString()).isEqualTo(root);
        assertThat(amzn.path("parent_id").asString()).isEqualTo("53995c3f42cd8ad8");
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String outbound = obs.trace("w3c")
                .continueFrom(Map.of("traceparent", traceparent)::get)
                .call(span -> span.context().toTraceparent());
        assertThat(daemon.next().path("trace_id").asString()).isEqualTo("1-4bf92f35-77b34da6a3ce929d0e0e4736");
        assertThat(outbound).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-").endsWith("-01");
    }

    @Test
    void aMalformedHeaderStartsANewTraceAndIsCounted() throws IOException {
        obs.trace("root")
                .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-zz")::get)
                .run(() -> {});
        assertThat(daemon.next().has("parent_id")).isFalse();
        assertThat(obs.ignoredTraceHeaders()).isEqualTo(1);
    }

    @Test
    void anUnsampledTraceHasRealIdsAndSendsNothing() throws IOException {
        try (Obs unsampled = Obs.builder()
                .xrayDaemon(daemon.address())
                .sampler(Sampler.never())
                .build()) {
            unsampled.trace("root").run(root -> {
                TraceContext context = unsampled.currentTraceContext();
                assertThat(context.isValid()).isTrue();
                assertThat(context.sampled()).isFalse();
                assertThat(context.toXAmznTraceId()).endsWith(";Sampled=0");
                assertThat(root.context()).isEqualTo(context);
                unsampled.trace("child").run(child -> {
                    assertThat(child.isRecording()).isFalse();
                    assertThat(child.context()).isEqualTo(context);
                });
                assertThat(unsampled.currentTraceContext()).isEqualTo(context);
            });
            assertThat(unsampled.currentTraceContext().isValid()).isFalse();
            assertThat(unsampled.flush(SOON).sinks().get(0).accepted()).isZero();
        }
        assertThat(daemon.isEmpty()).isTrue();
    }

    @Test
    void aTrustedDecisionIsHonouredUnderTheCap() {
        var asked = new AtomicInteger();
        try (Obs capped = Obs.builder()
                .xrayDaemon(daemon.address())
                .inboundSampledPerSecond(0)
                .sampler((name, request) -> SamplingDecision.of(asked.incrementAndGet() < 0))
                .build()) {
            boolean recorded = capped.trace("root")
                    .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")::get)
                    .call(Span::isRecording);
            assertThat(recorded).isFalse();
            assertThat(asked).hasValue(1);
            boolean refused = capped.trace("root")
                    .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0")::get)
                    .call(Span::isRecording);
            assertThat(refused).isFalse();
            assertThat(asked).as("a caller's no needs no sampler").hasValue(1);
        }
    }

    @Test
    void whenOffNothingIsRecordedAndTheApiStaysTheSame() {
        try (Obs off = Obs.off()) {
            String result = off.trace("root").annotate("k", "v").call(span -> {
                span.metadata("k", Map.of()).exception(new Exception("e"));
                assertThat(span.context().isValid()).isFalse();
                return "done";
            });
            assertThat(result).isEqualTo("done");
            assertThat(off.error("nothing").report()).hasSize(36);
            assertThat(off.flush(SOON).sinks()).isEmpty();
        }
    }

    @Test
    void noSpanIsLostOrSentTwiceWhenThreadsEndThemAtOnce() throws Exception {
        int threads = 8;
        int roots = 200;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            int spans = 0;
            for (int r = 0; r < roots; r++) {
                Span root = obs.trace("root").start();
                List<Future<?>> tasks = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    tasks.add(pool.submit(obs.wrap(() -> {
                        Span a = obs.trace("a").start();
                        Span b = obs.trace("b").start();
                        a.close();
                        b.close();
                        a.close();
                    })));
                }
                root.close();
                for (Future<?> task : tasks) {
                    task.get();
                }
            }
            // Late children travel alone: trees and fragments together hold every span once.
            long documents = obs.flush(SOON).sinks().get(0).delivered();
            var ids = new java.util.HashSet<String>();
            for (JsonNode document : daemon.next((int) documents)) {
                spans += collect(document, ids);
            }
            assertThat(spans).isEqualTo(roots * (1 + 2 * threads));
            assertThat(ids).hasSize(spans);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int collect(JsonNode span, java.util.Set<String> ids) {
        ids.add(span.path("id").asString());
        int count = 1;
        for (JsonNode child : span.path("subsegments")) {
            count += collect(child, ids);
        }
        return count;
    }
}
