package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Spans that are begun or ended on other threads than their parents. */
class OtherThreadsTest extends TracingToADaemon {

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
        JsonNode forgotten = daemon.next();
        assertThat(forgotten.path("name").asString()).isEqualTo("forgotten");
        JsonNode document = daemon.next();
        assertThat(document.path("name").asString()).isEqualTo("root");
        assertThat(document.path("subsegments"))
                .extracting(child -> child.path("name").asString())
                .containsExactly("elsewhere");
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
        JsonNode unfinished = daemon.next();
        JsonNode document = daemon.next();
        assertThat(document.path("end_time").isNumber()).isTrue();
        assertThat(document.has("subsegments")).isFalse();
        assertThat(unfinished.path("in_progress").asBoolean()).isTrue();
        assertThat(unfinished.path("type").asString()).isEqualTo("subsegment");
        assertThat(unfinished.path("parent_id").asString())
                .isEqualTo(document.path("id").asString());
        obs.currentSpan().close();
    }

    @Test
    void anUnsampledSpanKeepsItsIdsOnAnotherThread() throws Exception {
        try (Obs unsampled = Obs.builder()
                .xrayDaemon(daemon.address())
                .sampler(Sampler.never())
                .build()) {
            unsampled.trace("root").run(root -> {
                Span child = unsampled.trace("child").start();
                var seen = new CompletableFuture<TraceContext>();
                new Thread(() -> seen.complete(child.context())).start();
                assertThat(seen.get()).isEqualTo(root.context());
                var wrapped = new CompletableFuture<TraceContext>();
                Runnable task = () -> wrapped.complete(unsampled.currentSpan().context());
                new Thread(unsampled.wrap(task)).start();
                assertThat(wrapped.get()).isEqualTo(root.context());
            });
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
            var ids = new HashSet<String>();
            for (JsonNode document : daemon.next((int) documents)) {
                spans += collect(document, ids);
            }
            assertThat(spans).isEqualTo(roots * (1 + 2 * threads));
            assertThat(ids).hasSize(spans);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int collect(JsonNode span, Set<String> ids) {
        ids.add(span.path("id").asString());
        int count = 1;
        for (JsonNode child : span.path("subsegments")) {
            count += collect(child, ids);
        }
        return count;
    }
}
