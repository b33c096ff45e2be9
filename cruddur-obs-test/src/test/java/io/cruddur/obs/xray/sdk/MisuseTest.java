package io.cruddur.obs.xray.sdk;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.ContextMissingStrategy;
import com.amazonaws.xray.strategy.IgnoreErrorContextMissingStrategy;
import com.amazonaws.xray.strategy.LogErrorContextMissingStrategy;
import com.amazonaws.xray.strategy.RuntimeErrorContextMissingStrategy;
import io.cruddur.obs.Span;
import io.cruddur.obs.test.ObsExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SDK used as it must not be: the application goes on, and what is traced is right. */
class MisuseTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    static Stream<ContextMissingStrategy> strategies() {
        return Stream.of(
                new LogErrorContextMissingStrategy(),
                new RuntimeErrorContextMissingStrategy(),
                new IgnoreErrorContextMissingStrategy(),
                (message, type) -> {
                    throw new StackOverflowError("a strategy of the application's");
                });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    @SuppressWarnings("NullAway") // what callers do that no checker has seen
    void withoutASegmentNothingIsThrown(ContextMissingStrategy strategy) {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        recorder.setContextMissingStrategy(strategy);
        assertThatCode(() -> {
                    Subsegment nothing = AWSXRay.beginSubsegment("nothing");
                    nothing.putAnnotation("a", 1);
                    nothing.addException(new IllegalStateException());
                    nothing.close();
                    AWSXRay.beginSubsegmentWithoutSampling("nothing");
                    AWSXRay.endSubsegment();
                    AWSXRay.endSubsegment();
                    recorder.endSubsegment(nothing);
                    recorder.endSubsegment(null);
                    AWSXRay.endSegment();
                    recorder.setTraceEntity(null);
                    AWSXRay.clearTraceEntity();
                    recorder.forceSamplingOfCurrentSegment();
                })
                .doesNotThrowAnyException();
        assertThat(AWSXRay.createSubsegment("nothing", () -> "the application's work"))
                .isEqualTo("the application's work");
        assertThat(Stream.of(
                        AWSXRay.getCurrentSegment(),
                        AWSXRay.getCurrentSubsegment(),
                        AWSXRay.getTraceEntity(),
                        recorder.currentEntityId(),
                        recorder.currentTraceId(),
                        recorder.currentFormattedId()))
                .containsOnlyNulls();
        assertThat(telemetry.traces().roots()).isEmpty();
    }

    @Test
    void theStrategyOfTheApplicationIsAskedAllTheSame() {
        List<String> asked = new ArrayList<>();
        AWSXRay.getGlobalRecorder().setContextMissingStrategy((message, type) -> asked.add(message));
        AWSXRay.endSegment();
        AWSXRay.endSubsegment();
        assertThat(asked)
                .containsExactly(
                        "Failed to end segment: segment cannot be found.",
                        "Failed to end subsegment: subsegment cannot be found.");
    }

    @Test
    void aStrayEndEndsNothingOfOurs() {
        try (Span ours = telemetry.obs().trace("ours").start()) {
            AWSXRay.endSubsegment();
            AWSXRay.endSegment();
            AWSXRay.getCurrentSegment().close();
            assertThat(AWSXRay.getCurrentSegment().end()).isFalse();
            assertThat(telemetry.obs().currentSpan()).isSameAs(ours);
            Subsegment theirs = AWSXRay.beginSubsegment("theirs");
            telemetry.obs().trace("inside").run(() -> {});
            AWSXRay.endSubsegment();
            AWSXRay.endSubsegment();
            assertThat(theirs.isInProgress()).isFalse();
            assertThat(telemetry.obs().currentSpan()).isSameAs(ours);
        }
        assertThat(telemetry.trace()).hasToString("ours(theirs(inside))");
    }

    @Test
    void anEndGoesPastASpanOfOursThatIsStillOpen() {
        Segment segment = AWSXRay.beginSegment("segment");
        AWSXRay.beginSubsegment("theirs");
        Span async = telemetry.obs().trace("async").start();
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();
        assertThat(segment.isInProgress()).isFalse();
        assertThat(telemetry.obs().currentTraceContext().isValid()).isFalse();
        async.close();
        assertThat(telemetry.trace()).hasToString("segment(theirs(async))");
    }

    @Test
    void aSegmentThatEndsBeforeItsSubsegmentsWaitsForThem() {
        Segment segment = AWSXRay.beginSegment("segment");
        Subsegment open = AWSXRay.beginSubsegment("open");
        AWSXRay.endSegment();
        assertThat(telemetry.obs().currentTraceContext().isValid()).isFalse();
        assertThat(segment.isInProgress()).isFalse();
        open.close();
        assertThat(telemetry.trace()).hasToString("segment(open)");
    }

    @Test
    void whatIsSaidAfterTheEndIsNotSent() {
        Segment segment = AWSXRay.beginSegment("segment");
        AWSXRay.endSegment();
        segment.putAnnotation("late", true);
        segment.setFault(true);
        segment.addException(new IllegalStateException());
        segment.putMetadata("late", "late");
        segment.setNamespace("remote");
        assertThat(telemetry.trace()).isOk();
        assertThat(telemetry.trace().annotation("late")).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what callers do that no checker has seen
    void nullIsPassedOver() {
        AWSXRay.createSegment("segment", segment -> {
            segment.putAnnotation(null, "value");
            segment.putAnnotation("key", (String) null);
            segment.putMetadata(null, null, null);
            segment.putHttp("key", null);
            segment.putAllAws(null);
            segment.setSql(null);
            segment.setAnnotations(null);
            segment.setMetadata(null);
            segment.addException(null);
            segment.setNamespace(null);
            segment.setUser(null);
            segment.setOrigin(null);
            segment.setRuleName(null);
            segment.setTraceId(null);
            segment.setParentId(null);
            segment.addSubsegment(null);
            segment.putService(null, null);
            segment.getAws().put("key", null);
            segment.getCause().addException(null);
            AWSXRay.createSubsegment("child", child -> {
                child.addPrecursorId(null);
                child.setPrecursorIds(null);
                child.setParent(null);
            });
        });
        assertThat(telemetry.trace()).hasToString("segment(child)");
        assertThat(telemetry.trace()).isOk();
    }

    @Test
    void anExceptionOfTheApplicationsIsRecordedAndThrownOn() {
        var problem = new IllegalStateException("the application's");
        assertThatThrownBy(() -> AWSXRay.createSegment(
                        "segment",
                        () -> AWSXRay.createSubsegment("child", () -> {
                            throw problem;
                        })))
                .isSameAs(problem);
        assertThat(telemetry.trace().isFault()).isTrue();
        assertThat(telemetry.trace().children().get(0).exceptionTypes())
                .containsExactly(IllegalStateException.class.getName());
    }
}
