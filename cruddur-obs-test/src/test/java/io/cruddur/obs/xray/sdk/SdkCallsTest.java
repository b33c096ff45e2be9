package io.cruddur.obs.xray.sdk;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceHeader;
import com.amazonaws.xray.entities.TraceID;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Code that calls the X-Ray SDK, and ours around and inside it. */
class SdkCallsTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    @Test
    void whatTheyBeginIsAChildOfOursAndWhatWeBeginIsAChildOfTheirs() {
        Obs obs = telemetry.obs();
        obs.trace("ours").run(() -> {
            AWSXRay.createSubsegment("theirs", () -> {
                obs.trace("ours again").run(() -> {
                    AWSXRay.createSubsegment("theirs again", () -> {});
                });
            });
            obs.trace("sibling").run(() -> {});
        });
        assertThat(telemetry.trace()).hasToString("ours(theirs(ours again(theirs again)), sibling)");
    }

    @Test
    void theirSegmentIsALocalRootWithItsOwnWords() {
        Segment segment = AWSXRay.beginSegment("legacy");
        segment.setUser("andrew");
        segment.setRuleName("a rule");
        segment.setOrigin("AWS::ECS::Container");
        AWSXRay.beginSubsegment("work").putAnnotation("n", 1);
        telemetry.obs().trace("ours").run(() -> {});
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();
        CapturedSpan sent = telemetry.trace();
        assertThat(sent).hasToString("legacy(work(ours))");
        assertThat(sent.id()).isEqualTo(segment.getId());
        assertThat(sent.traceId()).isEqualTo(segment.getTraceId().toString());
        assertThat(sent.document().path("user").asString()).isEqualTo("andrew");
        assertThat(sent.document().at("/aws/xray/rule_name").asString()).isEqualTo("a rule");
        assertThat(sent.document().path("origin").asString()).isEqualTo("AWS::ECS::Container");
        assertThat(sent.children().get(0).annotation("n")).contains(1L);
        assertThat(AWSXRay.getCurrentSegmentOptional()).isEmpty();
    }

    @Test
    void theirSegmentGoesOnWithACallersTrace() {
        TraceID trace = TraceID.fromString("1-5759e988-bd862e3fe1be46a994272793");
        AWSXRay.beginSegment("called", trace, "53995c3f42cd8ad8");
        assertThat(telemetry.obs().currentTraceContext().xrayTraceId()).isEqualTo(trace.toString());
        AWSXRay.endSegment();
        assertThat(telemetry.trace().traceId()).isEqualTo(trace.toString());
        assertThat(telemetry.trace().parentId()).contains("53995c3f42cd8ad8");
    }

    @Test
    void aSegmentMayBeToldItsTraceAfterItBegan() {
        Segment segment = AWSXRay.beginSegment("message");
        segment.setTraceId(TraceID.fromString("1-5759e988-bd862e3fe1be46a994272793"));
        segment.setParentId("53995c3f42cd8ad8");
        AWSXRay.createSubsegment("work", () -> {});
        AWSXRay.endSegment();
        assertThat(telemetry.trace()).hasToString("message(work)");
        assertThat(telemetry.trace().traceId()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
        assertThat(telemetry.trace().parentId()).contains("53995c3f42cd8ad8");
    }

    @Test
    void aSegmentInsideOneOfOursIsATraceOfItsOwn() {
        try (Span ours = telemetry.obs().trace("ours").start()) {
            AWSXRay.beginSegment("theirs");
            AWSXRay.endSegment();
            assertThat(telemetry.obs().currentSpan()).isSameAs(ours);
        }
        assertThat(telemetry.traces().roots())
                .extracting(CapturedSpan::name)
                .containsExactlyInAnyOrder("ours", "theirs");
    }

    @Test
    void whatIsCurrentIsTheSameForBoth() {
        try (Span ours = telemetry.obs().trace("ours").start()) {
            assertThat(AWSXRay.getGlobalRecorder().currentEntityId())
                    .isEqualTo(ours.context().spanId());
            assertThat(Objects.requireNonNull(AWSXRay.getGlobalRecorder().currentTraceId())
                            .toString())
                    .isEqualTo(ours.context().xrayTraceId());
            assertThat(AWSXRay.getCurrentSegment().getName()).isEqualTo("ours");
            assertThat(AWSXRay.getCurrentSubsegmentOptional()).isEmpty();
            try (Subsegment theirs = AWSXRay.beginSubsegment("theirs")) {
                assertThat(telemetry.obs().currentTraceContext().spanId()).isEqualTo(theirs.getId());
                assertThat(AWSXRay.getCurrentSubsegmentOptional()).contains(theirs);
                assertThat(theirs.getParentSegment()).isSameAs(AWSXRay.getCurrentSegment());
                assertThat(theirs.getParent().getId()).isEqualTo(ours.context().spanId());
            }
        }
        assertThat(telemetry.trace()).hasToString("ours(theirs)");
    }

    @Test
    void theHeaderForTheNextServiceNamesTheSubsegment() {
        AWSXRay.createSegment(
                "legacy",
                () -> AWSXRay.createSubsegment("call", subsegment -> {
                    String header = TraceHeader.fromEntity(subsegment).toString();
                    assertThat(header)
                            .isEqualTo(
                                    "Root=" + subsegment.getTraceId() + ";Parent=" + subsegment.getId() + ";Sampled=1");
                    telemetry.obs().inject((name, value) -> {
                        if (name.equals("X-Amzn-Trace-Id")) {
                            assertThat(value).isEqualTo(header);
                        }
                    });
                }));
        assertThat(telemetry.trace()).hasToString("legacy(call)");
    }

    @Test
    void ofTwoThatAreOpenTheLastHasTheirCallsAndThenTheFirstAgain() {
        try (Obs second = Obs.builder().segmentDocuments(document -> {}).build()) {
            second.trace("second")
                    .run(() -> assertThat(AWSXRay.getCurrentSegmentOptional().map(Entity::getName))
                            .contains("second"));
            telemetry
                    .obs()
                    .trace("first")
                    .run(() -> assertThat(AWSXRay.getCurrentSegmentOptional()).isEqualTo(Optional.empty()));
        }
        telemetry
                .obs()
                .trace("again")
                .run(() -> assertThat(AWSXRay.getCurrentSegmentOptional().map(Entity::getName))
                        .contains("again"));
    }
}
