package io.cruddur.obs.xray.sdk;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.contexts.SegmentContextExecutors;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceHeader;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.cruddur.obs.trace.Sampler;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the SDK has for carrying an entity to another thread, and what comes late. */
@Timeout(60)
class SdkThreadsTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    private <T> T onWorker(Callable<T> task) throws Exception {
        return worker.submit(task).get(30, TimeUnit.SECONDS);
    }

    private void runOnWorker(Runnable task) throws Exception {
        assertThat(onWorker(Executors.callable(task, "done"))).isEqualTo("done");
    }

    private void workerIsAsItCame() throws Exception {
        assertThat(onWorker(() -> telemetry.obs().currentTraceContext().isValid()))
                .isFalse();
        assertThat(onWorker(AWSXRay::getTraceEntity) == null).isTrue();
    }

    @Test
    void anEntityRunsATaskOnAWorker() throws Exception {
        Segment segment = AWSXRay.beginSegment("request");
        Subsegment fork = AWSXRay.beginSubsegment("fork");
        runOnWorker(() -> fork.run(() -> {
            AWSXRay.createSubsegment("theirs", () -> {});
            telemetry.obs().trace("ours").run(() -> {});
        }));
        workerIsAsItCame();
        runOnWorker(() -> segment.run(() -> AWSXRay.createSubsegment("beside", () -> {})));
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();
        assertThat(telemetry.trace()).hasToString("request(fork(theirs, ours), beside)");
    }

    @Test
    void anEntityOfOursRunsATaskOnAWorker() throws Exception {
        try (Span request = telemetry.obs().trace("request").start()) {
            Entity entity = AWSXRay.getTraceEntity();
            assertThat(entity.getId()).isEqualTo(request.context().spanId());
            runOnWorker(() -> entity.run(() -> AWSXRay.createSubsegment("theirs", () -> {})));
            workerIsAsItCame();
        }
        assertThat(telemetry.trace()).hasToString("request(theirs)");
    }

    @Test
    void anEntityRunsATaskInsideAnotherTraceAndThatTraceGoesOn() {
        Segment first = AWSXRay.beginSegment("first");
        AWSXRay.clearTraceEntity();
        AWSXRay.beginSegment("second");
        AWSXRay.beginSubsegment("around");
        first.run(() -> AWSXRay.createSubsegment("inside", () -> {}));
        AWSXRay.createSubsegment("after", () -> {});
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();
        first.close();
        assertThat(telemetry.traces().roots())
                .extracting(CapturedSpan::toString)
                .containsExactlyInAnyOrder("first(inside)", "second(around(after))");
    }

    @Test
    void endingAnotherSegmentMeanwhileLeavesTheTaskWhereItIs() {
        Segment first = AWSXRay.beginSegment("first");
        AWSXRay.clearTraceEntity();
        Segment second = AWSXRay.beginSegment("second");
        AWSXRay.clearTraceEntity();
        first.run(() -> {
            second.close();
            AWSXRay.createSubsegment("inside", () -> {});
        });
        first.close();
        assertThat(telemetry.traces().roots())
                .extracting(CapturedSpan::toString)
                .containsExactlyInAnyOrder("first(inside)", "second");
    }

    @Test
    void theSdksExecutorCarriesTheSegment() throws Exception {
        AWSXRay.beginSegment("request");
        Executor executor = SegmentContextExecutors.newSegmentContextExecutor();
        runOnWorker(() -> executor.execute(() -> AWSXRay.createSubsegment("task", () -> {})));
        AWSXRay.endSegment();
        workerIsAsItCame();
        assertThat(telemetry.trace()).hasToString("request(task)");
    }

    @Test
    void ourExecutorCarriesTheirSubsegment() throws Exception {
        AWSXRay.beginSegment("request");
        AWSXRay.beginSubsegment("fork");
        Executor wrapped = telemetry.obs().wrap((Executor) worker);
        wrapped.execute(() -> AWSXRay.createSubsegment("task", () -> {}));
        workerIsAsItCame();
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();
        assertThat(telemetry.trace()).hasToString("request(fork(task))");
    }

    @Test
    void aSegmentIsHandedOverAndEndedByAnotherThread() throws Exception {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        Segment segment = AWSXRay.beginSegment("request");
        AWSXRay.beginSubsegment("work");
        Entity entity = AWSXRay.getTraceEntity();
        AWSXRay.clearTraceEntity();
        assertThat(telemetry.obs().currentTraceContext().isValid()).isFalse();
        runOnWorker(() -> {
            recorder.setTraceEntity(entity);
            AWSXRay.endSubsegment();
            AWSXRay.endSegment();
        });
        workerIsAsItCame();
        assertThat(segment.isInProgress()).isFalse();
        assertThat(telemetry.trace()).hasToString("request(work)");
    }

    @Test
    void clearingTakesAwayWhatTheyBeganAndLeavesOurs() {
        try (Span ours = telemetry.obs().trace("ours").start()) {
            Subsegment theirs = AWSXRay.beginSubsegment("theirs");
            AWSXRay.clearTraceEntity();
            assertThat(telemetry.obs().currentSpan()).isSameAs(ours);
            theirs.close();
        }
        assertThat(telemetry.trace()).hasToString("ours(theirs)");
    }

    @Test
    @SuppressWarnings("deprecation") // what old code calls
    void theOldWayToAThreadsEntityWorksToo() throws Exception {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        Segment segment = AWSXRay.beginSegment("request");
        runOnWorker(() -> {
            recorder.injectThreadLocal(segment);
            AWSXRay.createSubsegment("task", () -> {});
            assertThat(recorder.getThreadLocal()).isSameAs(segment);
            recorder.clearThreadLocal();
        });
        workerIsAsItCame();
        AWSXRay.endSegment();
        assertThat(telemetry.trace()).hasToString("request(task)");
    }

    @Test
    void aChildThatComesAfterItsTraceHasGoneIsSentUnderItsParent() throws Exception {
        Segment segment = AWSXRay.beginSegment("request");
        AWSXRay.endSegment();
        assertThat(telemetry.trace()).hasToString("request");
        runOnWorker(() -> segment.run(() -> AWSXRay.createSubsegment("late", subsegment -> {
            assertThat(subsegment.getParentSegment()).isSameAs(segment);
            assertThat(subsegment.getParent()).isSameAs(segment);
            AWSXRay.createSubsegment("below", () -> {});
        })));
        workerIsAsItCame();
        assertThat(telemetry.trace()).hasToString("request(late(below))");
    }

    @Test
    void whatIsNotSampledGoesToAnotherThreadWithItsIds() throws Exception {
        try (Obs unsampled = Obs.builder()
                .sampler(Sampler.never())
                .segmentDocuments(document -> {
                    throw new AssertionError("was sent");
                })
                .build()) {
            Segment segment = AWSXRay.beginSegmentWithSampling("request");
            assertThat(segment.isSampled()).isFalse();
            Subsegment first = AWSXRay.beginSubsegment("first");
            assertThat(AWSXRay.getCurrentSubsegmentOptional()).contains(first);
            String header = onWorker(() -> {
                var seen = new String[1];
                first.run(() -> {
                    AWSXRay.createSubsegment("second", second -> {
                        seen[0] = TraceHeader.fromEntity(second).toString();
                    });
                    assertThat(unsampled.trace("ours").call(Span::context).xrayTraceId())
                            .isEqualTo(segment.getTraceId().toString());
                });
                return seen[0];
            });
            assertThat(header)
                    .startsWith("Root=" + segment.getTraceId() + ";Parent=")
                    .endsWith(";Sampled=0");
            workerIsAsItCame();
            AWSXRay.endSubsegment();
            assertThat(AWSXRay.getTraceEntity()).isSameAs(segment);
            AWSXRay.endSegment();
            assertThat(unsampled.currentTraceContext().isValid()).isFalse();
            assertThat(unsampled.report().sinks().get(0).accepted()).isZero();
        }
    }
}
