package io.cruddur.obs.xray.sdk;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.listeners.SegmentListener;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.cruddur.obs.test.OpenFiles;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each test is named after a defect of the X-Ray SDK for Java, and shows that code which calls that SDK has it no more. */
class BridgedDefectsTest {
    private static final int MAX_DOCUMENT = 64 * 1024;

    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    @Test
    void itSendsOnTheCallersThread() {
        Queue<Thread> senders = new ConcurrentLinkedQueue<>();
        try (Obs obs = Obs.builder()
                .segmentDocuments(document -> senders.add(Thread.currentThread()))
                .build()) {
            AWSXRay.createSegment("segment", () -> {});
            assertThat(obs.openRoots()).isEmpty();
        }
        assertThat(senders).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void aDocumentOver64KbIsLostWithItsSubtree() {
        AWSXRay.createSegment(
                "segment",
                () -> AWSXRay.createSubsegment("subtree", () -> {
                    for (int i = 0; i < 40; i++) {
                        AWSXRay.createSubsegment("large", subsegment -> {
                            subsegment.putMetadata("text", "word ".repeat(1_000));
                        });
                    }
                }));
        CapturedSpan sent = telemetry.trace();
        assertThat(sent.children().get(0).children())
                .hasSize(40)
                .allMatch(large -> large.metadata("text").asString().length() == 5_000);
        assertThat(telemetry.documents())
                .hasSizeGreaterThan(1)
                .allMatch(document -> document.toString().length() < MAX_DOCUMENT);
    }

    @Test
    void endingTwiceEmitsTwice() {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        Segment segment = AWSXRay.beginSegment("segment");
        Subsegment first = AWSXRay.beginSubsegment("first");
        recorder.endSubsegment(first);
        recorder.endSubsegment(first);
        assertThat(first.end()).isFalse();
        first.close();
        AWSXRay.endSegment();
        AWSXRay.endSegment();
        segment.close();
        assertThat(segment.end()).isFalse();
        recorder.endSubsegment(first);
        assertThat(telemetry.trace()).hasToString("segment(first)");
        assertThat(telemetry.documents()).hasSize(1);
    }

    @Test
    void closeEndsTheCurrentEntityInsteadOfItself() {
        Segment segment = AWSXRay.beginSegment("segment");
        Subsegment first = AWSXRay.beginSubsegment("first");
        Subsegment second = AWSXRay.beginSubsegment("second");
        first.close();
        assertThat(first.isInProgress()).isFalse();
        assertThat(second.isInProgress()).isTrue();
        assertThat(AWSXRay.getTraceEntity()).isSameAs(second);
        second.close();
        assertThat(AWSXRay.getTraceEntity()).isSameAs(segment);
        segment.close();
        assertThat(telemetry.trace()).hasToString("segment(first(second))");
    }

    @Test
    void closingASegmentEndsItAndNotAnother() {
        Segment outer = AWSXRay.beginSegment("outer");
        Segment inner = AWSXRay.beginSegment("inner");
        outer.close();
        assertThat(inner.isInProgress()).isTrue();
        AWSXRay.createSubsegment("child", () -> {});
        inner.close();
        assertThat(telemetry.traces().roots())
                .extracting(CapturedSpan::toString)
                .containsExactlyInAnyOrder("outer", "inner(child)");
    }

    /** A listener of the application's that fails at all it is told. */
    private static final class Failing implements SegmentListener {
        @Override
        public void onBeginSegment(Segment segment) {
            throw new IllegalStateException("of the application's");
        }

        @Override
        public void onBeginSubsegment(Subsegment subsegment) {
            throw new StackOverflowError("of the application's");
        }

        @Override
        public void beforeEndSegment(Segment segment) {
            throw new IllegalStateException("of the application's");
        }

        @Override
        public void afterEndSubsegment(Subsegment subsegment) {
            throw new IllegalStateException("of the application's");
        }
    }

    @Test
    void aThrowingListenerEscapesIntoUserCode() {
        var told = new ArrayList<String>();
        AWSXRay.getGlobalRecorder().addSegmentListener(new Failing());
        AWSXRay.getGlobalRecorder().addSegmentListener(new SegmentListener() {
            @Override
            public void beforeEndSubsegment(Subsegment subsegment) {
                told.add("before " + subsegment.getName());
                subsegment.putAnnotation("by", "a listener");
            }

            @Override
            public void afterEndSegment(Segment segment) {
                told.add("after " + segment.getName());
            }
        });
        AWSXRay.createSegment("segment", () -> AWSXRay.createSubsegment("child", () -> {}));
        assertThat(told).containsExactly("before child", "after segment");
        assertThat(telemetry.trace()).hasToString("segment(child)");
        assertThat(telemetry.trace().children().get(0)).hasAnnotation("by", "a listener");
        assertThat(telemetry.obs().adjustments()).containsEntry("callback_failed", 4L);
    }

    @Test
    void pollerThreadsAreNotDaemons() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Segment segment = AWSXRay.beginSegmentWithSampling("segment");
        AWSXRay.endSegment();
        assertThat(segment.isSampled()).isTrue();
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        assertThat(started)
                .allMatch(Thread::isDaemon)
                .noneMatch(thread -> thread.getName().startsWith("com-amazonaws-xray"));
    }

    /** The one of the recorder that the SDK makes for itself is closed, and ours has none. */
    @Test
    void aRecorderHasASocketThoughNothingIsSentByIt() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs a list of this process's open files");
        telemetry.obs().close();
        AWSXRayRecorder global = AWSXRay.getGlobalRecorder();
        Set<String> before = OpenFiles.sockets();
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.defaultRecorder());
        assertThat(openedSince(before)).isNotEmpty();
        try (Obs obs = Obs.builder().segmentDocuments(document -> {}).build()) {
            AWSXRay.createSegment("segment", () -> {});
            assertThat(obs.openRoots()).isEmpty();
            assertThat(openedSince(before)).isEmpty();
        } finally {
            AWSXRay.setGlobalRecorder(global);
        }
    }

    /** Those of earlier tests may be closed meanwhile. */
    private static Set<String> openedSince(Set<String> before) throws IOException {
        Set<String> opened = OpenFiles.sockets();
        opened.removeAll(before);
        return opened;
    }

    @Test
    void unsampledRootsAllShareOneId() {
        try (Obs obs = Obs.builder()
                .sampler(Sampler.never())
                .segmentDocuments(document -> {})
                .build()) {
            List<String> ids = Stream.generate(() -> {
                        String id = AWSXRay.beginSegmentWithSampling("segment")
                                .getTraceId()
                                .toString();
                        AWSXRay.endSegment();
                        return id;
                    })
                    .limit(100)
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(100).doesNotContain("1-00000000-000000000000000000000000");
            assertThat(obs.report().sinks().get(0).accepted()).isZero();
        }
    }

    /** A bean of the application's whose getter and whose text both fail. */
    @SuppressWarnings("unused")
    public static final class Hostile {
        public String getName() {
            throw new IllegalStateException("lazy, and the session is closed");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("lazy, and the session is closed");
        }
    }

    @Test
    void aThrowingGetterOrACyclicMapEmptiesTheWholeDocument() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("self", cyclic);
        AWSXRay.createSegment("segment", segment -> {
            segment.putMetadata("hostile", new Hostile());
            segment.putMetadata("cyclic", cyclic);
            segment.putMetadata("kept", "value");
            AWSXRay.createSubsegment("child", child -> {
                child.setNamespace("aws");
                child.putAws("operation", "PutItem");
                child.putAws("hostile", new Hostile());
                child.putAws("cyclic", cyclic);
                child.putHttp("request", cyclic);
                child.putSql("url", new Hostile());
            });
        });
        CapturedSpan sent = telemetry.trace();
        assertThat(sent.metadata("kept").asString()).isEqualTo("value");
        assertThat(sent.metadata("hostile").asString()).contains("IllegalStateException");
        assertThat(sent.children().get(0).document().at("/aws/operation").asString())
                .isEqualTo("PutItem");
    }
}
