package io.cruddur.obs.test;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each test is named after a defect of the X-Ray SDK for Java, and shows that it is not here. Those of documents that are
 * too large or have hostile values in them are with the tests of documents, that of pollers with the tests of sampling.
 */
class XraySdkDefectsTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    @RegisterExtension
    final ObsExtension failing = ObsExtension.with(builder -> builder.sampler((name, request) -> {
        throw new StackOverflowError("a sampler of the application's");
    }));

    @Test
    void itSendsOnTheCallersThread() {
        Queue<Boolean> onCallersThread = new ConcurrentLinkedQueue<>();
        Thread caller = Thread.currentThread();
        try (Obs obs = Obs.builder()
                .segmentDocuments(document -> onCallersThread.add(Thread.currentThread() == caller))
                .build()) {
            obs.trace("root").run(() -> {});
        }
        assertThat(onCallersThread).containsExactly(false);
    }

    @Test
    void endingTwiceEmitsTwice() {
        Span root = telemetry.obs().trace("root").start();
        Span child = telemetry.obs().trace("child").start();
        child.close();
        child.close();
        root.close();
        root.close();
        child.close();
        assertThat(telemetry.trace()).hasChildren("child");
        assertThat(telemetry.documents()).hasSize(1);
    }

    @Test
    void closeEndsTheCurrentEntityInsteadOfItself() {
        Obs obs = telemetry.obs();
        Span root = obs.trace("root").start();
        Span first = obs.trace("first").start();
        Span second = obs.trace("second").start();
        first.close();
        assertThat(obs.currentSpan()).isSameAs(second);
        second.close();
        root.close();
        assertThat(telemetry.trace()).child("first").hasChildren("second");
    }

    @RegisterExtension
    final ObsExtension undecided = ObsExtension.with(builder -> builder.sampler(XraySdkDefectsTest::undecided));

    @SuppressWarnings("NullAway") // what a sampler of the application's may do all the same
    private static SamplingDecision undecided(String name, @Nullable InboundRequest request) {
        return null;
    }

    @Test
    void aThrowingListenerEscapesIntoUserCode() {
        String decided = undecided.obs().trace("root").call(() -> "the request goes on");
        assertThat(decided).isEqualTo("the request goes on");
        assertThat(undecided.obs().adjustments()).containsEntry("callback_failed", 1L);
        Obs obs = failing.obs();
        String result = obs.trace("root")
                .continueFrom(header -> {
                    throw new IllegalStateException("a carrier of the application's");
                })
                .call(() -> "the request goes on");
        assertThat(result).isEqualTo("the request goes on");
        assertThat(obs.adjustments()).containsEntry("callback_failed", 1L);
    }

    @Test
    @SuppressWarnings("NullAway") // what callers do that no checker has seen
    void nullIsPassedOverWhetherTheSpanIsRecordedOrNot() {
        Obs obs = telemetry.obs();
        obs.trace(null).kind(null).run(span -> {
            span.exception(null)
                    .link(null)
                    .precursor(null)
                    .sql(null)
                    .aws(null)
                    .http(null)
                    .user(null);
            span.annotate(null, "value").metadata(null, "key", "value").metadata("key", null);
            obs.putBaggage(null, "value");
        });
        assertThat(telemetry.trace()).hasName("unnamed").isOk();
    }

    @Test
    void buildOpensASocketAndStartsThreadsEvenWhenItIsOff() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Obs off = Obs.builder().enabled(false).xrayDaemon("127.0.0.1:2000").build()) {
            off.trace("root").run(() -> {});
            Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            assertThat(started).noneMatch(thread -> thread.getName().startsWith("cruddur-obs"));
            assertThat(off.report().sinks()).isEmpty();
        }
    }

    /** The SDK opens its socket at build even when its emitter is replaced; ours opens one when there is something to send. */
    @Test
    void buildOpensASocketEvenWhenItsEmitterIsReplaced() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs a list of this process's open files");
        Obs.builder().segmentDocuments(document -> {}).build().close();
        Set<String> before = OpenFiles.sockets();
        try (Obs off = Obs.builder().enabled(false).xrayDaemon("127.0.0.1:2000").build();
                Obs kept = Obs.builder().segmentDocuments(document -> {}).build();
                Obs idle = Obs.builder().xrayDaemon("127.0.0.1:2000").build()) {
            off.trace("root").run(() -> {});
            kept.trace("root").run(() -> {});
            assertThat(kept.flush(Duration.ofSeconds(20)).isComplete()).isTrue();
            assertThat(idle.report().isBalanced()).isTrue();
            // One of an earlier test's may be closed meanwhile.
            assertThat(before).containsAll(OpenFiles.sockets());
        }
    }

    @Test
    void unsampledRootsAllShareOneId() {
        try (Obs obs = Obs.builder()
                .sampler(Sampler.never())
                .segmentDocuments(document -> {})
                .build()) {
            List<String> ids = Stream.generate(() -> obs.trace("root").call(Span::context))
                    .limit(100)
                    .map(TraceContext::xrayTraceId)
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(100).doesNotContain("1-00000000-000000000000000000000000");
        }
    }
}
