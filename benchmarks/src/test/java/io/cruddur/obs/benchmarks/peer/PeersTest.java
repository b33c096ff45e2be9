package io.cruddur.obs.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import brave.Tracing;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.SegmentImpl;
import com.amazonaws.xray.entities.Subsegment;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A comparison is fair when each peer does the work: it records where it should, and leaves nothing behind. */
@NullMarked
class PeersTest {
    @Test
    void oursRecordsOnlyWhatIsSampled() throws Exception {
        var recorded = new CruddurObs.Recorded();
        recorded.start();
        assertThat(recorded.request().context().sampled()).isTrue();
        assertThat(recorded.obs().currentTraceContext().isValid()).isFalse();
        recorded.stop();
        var unsampled = new CruddurObs.Unsampled();
        unsampled.start();
        assertThat(unsampled.request().context().sampled()).isFalse();
        assertThat(unsampled.request().context().isValid()).isTrue();
        unsampled.stop();
    }

    @Test
    @SuppressWarnings("deprecation") // the only way to look at a subsegment
    void theXraySdkRecordsTheWholeTree() throws Exception {
        var peer = new XRaySdk.NotEmitted();
        peer.start();
        Segment segment = peer.request();
        assertThat(segment.getAnnotations()).hasSize(2);
        Subsegment first = segment.getSubsegments().get(0);
        assertThat(first.getSubsegments().get(0).getSubsegments().get(0).getMetadata())
                .hasSize(1);
        assertThat(peer.hasCurrent()).isFalse();
        peer.stop();
    }

    @Test
    void theBridgeRecordsTheWholeTreeForTheXraySdksCalls() throws Exception {
        var peer = new XRaySdk.Bridged();
        peer.start();
        Segment segment = peer.request();
        assertThat(segment).isNotInstanceOf(SegmentImpl.class);
        assertThat(segment.getAnnotations()).hasSize(2);
        Subsegment first = segment.getSubsegmentsCopy().get(0);
        assertThat(first.getSubsegmentsCopy().get(0).getSubsegmentsCopy().get(0).getMetadata())
                .hasSize(1);
        assertThat(peer.hasCurrent()).isFalse();
        peer.stop();
        var unsampled = new XRaySdk.BridgedUnsampled();
        unsampled.start();
        assertThat(unsampled.request().isSampled()).isFalse();
        assertThat(unsampled.hasCurrent()).isFalse();
        unsampled.stop();
    }

    @Test
    void theXraySdkLeavesNothingCurrentWhenNotSampled() throws Exception {
        var peer = new XRaySdk.Unsampled();
        peer.start();
        assertThat(peer.request().isSampled()).isFalse();
        assertThat(peer.hasCurrent()).isFalse();
        peer.stop();
    }

    @Test
    void opentelemetryRecordsOnlyWhatIsSampled() throws Exception {
        var recorded = new OpenTelemetry.NotExported();
        recorded.start();
        recorded.request();
        assertIsRoot(recorded.finished.last());
        recorded.stop();
        var unsampled = new OpenTelemetry.Unsampled();
        unsampled.start();
        unsampled.request();
        assertThat(unsampled.finished.last()).isNull();
        unsampled.stop();
    }

    @Test
    void micrometerRecordsOnlyWhatIsSampled() throws IOException {
        var recorded = new MicrometerObservation.Recorded();
        recorded.start();
        recorded.request();
        assertIsRoot(recorded.finished.last());
        recorded.stop();
        var unsampled = new MicrometerObservation.Unsampled();
        unsampled.start();
        unsampled.request();
        assertThat(unsampled.finished.last()).isNull();
        unsampled.stop();
    }

    private static void assertIsRoot(@Nullable ReadableSpan span) {
        assertThat(span).isNotNull();
        assertThat(span.getName()).isEqualTo("request");
        assertThat(span.getAttribute(AttributeKey.stringKey("user"))).isEqualTo("andrewbrown");
    }

    @Test
    void braveRecordsOnlyWhatIsSampled() {
        var recorded = new BraveTracing.Recorded();
        recorded.start();
        recorded.request();
        assertThat(recorded.finished.last()).isEqualTo("request");
        recorded.stop();
        var unsampled = new BraveTracing.Unsampled();
        unsampled.start();
        unsampled.request();
        assertThat(unsampled.finished.last()).isNull();
        unsampled.stop();
        assertThat(Tracing.current()).isNull();
    }

    @Test
    void eachReporterOfErrorsReportsThem() throws Exception {
        for (ErrorReports peer : new ErrorReports[] {
            new ErrorReports.Ours(), new ErrorReports.RollbarJava(), new ErrorReports.SentrySdk()
        }) {
            peer.start();
            peer.fail();
            peer.reportEach();
            peer.stop();
            assertThat(peer.arrived()).as(peer.getClass().getSimpleName()).isGreaterThanOrEqualTo(ErrorReports.ERRORS);
        }
    }
}
