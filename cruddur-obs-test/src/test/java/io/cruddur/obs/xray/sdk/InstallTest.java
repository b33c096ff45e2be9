package io.cruddur.obs.xray.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.listeners.SegmentListener;
import com.amazonaws.xray.strategy.DefaultStreamingStrategy;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.DefaultSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.NoSamplingStrategy;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.test.CapturedTraces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;

/** When the bridge is there, and what it leaves behind. */
class InstallTest {
    private final AWSXRayRecorder before = AWSXRay.getGlobalRecorder();
    private final Sent sent = new Sent();

    /** What the SDK itself would send. */
    private static final class Sent extends Emitter {
        final List<String> names = new ArrayList<>();

        @Override
        public boolean sendSegment(Segment segment) {
            return names.add(segment.getName());
        }

        @Override
        public boolean sendSubsegment(Subsegment subsegment) {
            return names.add(subsegment.getName());
        }
    }

    @BeforeEach
    void freshSdk() {
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.defaultRecorder());
    }

    @AfterEach
    void restore() {
        AWSXRay.setGlobalRecorder(before);
    }

    private static ObsBuilder builder() {
        return Obs.builder().segmentDocuments(document -> {});
    }

    /** Whether a call of the SDK's lands in a trace of the given one's. */
    private static boolean isBridged(Obs obs) {
        return obs.trace("ours").call(() -> AWSXRay.getCurrentSegmentOptional().isPresent());
    }

    @Test
    void itIsThereWhileObsIsOpenAndThenTheSdkIsAsItWas() {
        AWSXRayRecorder global = AWSXRay.getGlobalRecorder();
        var chain = global.getSegmentContextResolverChain();
        AWSXRayRecorder kept;
        try (Obs obs = builder().build()) {
            assertThat(isBridged(obs)).isTrue();
            kept = AWSXRay.getGlobalRecorder();
            assertThat(kept).isNotSameAs(global);
        }
        assertThat(AWSXRay.getGlobalRecorder()).isSameAs(global);
        assertThat(global.getSegmentContextResolverChain()).isSameAs(chain);
        global.setEmitter(sent);
        global.setSamplingStrategy(new AllSamplingStrategy());
        AWSXRay.createSegment("the SDK's own", () -> AWSXRay.createSubsegment("child", () -> {}));
        // Whoever has kept ours finds the SDK behind it.
        kept.createSegment("by the one that was kept", () -> kept.createSubsegment("child", () -> {}));
        kept.beginSegmentWithSampling("sampled by the SDK");
        kept.endSegment();
        assertThat(sent.names).containsExactly("the SDK's own", "by the one that was kept", "sampled by the SDK");
    }

    @Test
    void withoutAnObsAndWhereItIsOffTheSdkIsLeftAlone() {
        AWSXRayRecorder global = AWSXRay.getGlobalRecorder();
        try (Obs disabled = builder().enabled(false).build();
                Obs off = builder().xraySdkBridge(false).build()) {
            assertThat(AWSXRay.getGlobalRecorder()).isSameAs(global);
            assertThat(isBridged(off)).isFalse();
            assertThat(isBridged(disabled)).isFalse();
        }
    }

    static Stream<Consumer<AWSXRayRecorderBuilder>> configurations() {
        return Stream.of(
                builder -> builder.withEmitter(new Sent()),
                builder -> builder.withSamplingStrategy(new NoSamplingStrategy()),
                builder -> builder.withSegmentListener(new SegmentListener() {}),
                builder -> builder.withStreamingStrategy(new DefaultStreamingStrategy(10) {}));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aRecorderThatTheApplicationHasConfiguredIsLeftAlone(Consumer<AWSXRayRecorderBuilder> configuration) {
        var builder = AWSXRayRecorderBuilder.standard();
        configuration.accept(builder);
        AWSXRayRecorder configured = builder.build();
        AWSXRay.setGlobalRecorder(configured);
        try (Obs obs = builder().build()) {
            assertThat(AWSXRay.getGlobalRecorder()).isSameAs(configured);
            assertThat(isBridged(obs)).isFalse();
        }
    }

    @Test
    void itIsTakenOverWhereThatIsAskedForWithItsListeners() {
        List<String> begun = new ArrayList<>();
        AWSXRayRecorder configured = AWSXRayRecorderBuilder.standard()
                .withEmitter(sent)
                .withSegmentListener(new SegmentListener() {
                    @Override
                    public void onBeginSegment(Segment segment) {
                        begun.add(segment.getName());
                    }
                })
                .build();
        configured.setOrigin("AWS::EC2::Instance");
        AWSXRay.setGlobalRecorder(configured);
        try (Obs obs = builder().xraySdkBridge(true).build()) {
            assertThat(isBridged(obs)).isTrue();
            AWSXRay.createSegment("segment", segment -> {
                assertThat(segment.getOrigin()).isEqualTo("AWS::EC2::Instance");
            });
        }
        assertThat(AWSXRay.getGlobalRecorder()).isSameAs(configured);
        assertThat(begun).containsExactly("segment");
        assertThat(sent.names).isEmpty();
    }

    @Test
    void aRecorderThatSomebodySetsMeanwhileStays() {
        AWSXRayRecorder other =
                AWSXRayRecorderBuilder.standard().withEmitter(sent).build();
        try (Obs obs = builder().build()) {
            assertThat(isBridged(obs)).isTrue();
            AWSXRay.setGlobalRecorder(other);
        }
        assertThat(AWSXRay.getGlobalRecorder()).isSameAs(other);
    }

    @Test
    void whoHasKeptTheRecorderOfBeforeTakesPartToo() {
        AWSXRayRecorder kept = AWSXRay.getGlobalRecorder();
        kept.setSamplingStrategy(new DefaultSamplingStrategy());
        List<byte[]> documents = new CopyOnWriteArrayList<>();
        try (Obs obs = Obs.builder().segmentDocuments(documents::add).build()) {
            obs.trace("ours")
                    .run(() -> kept.createSubsegment(
                            "kept", () -> obs.trace("inside").run(() -> {})));
            kept.createSegment("segment", () -> AWSXRay.createSubsegment("child", () -> {}));
            assertThat(obs.currentTraceContext().isValid()).isFalse();
        }
        assertThat(CapturedTraces.of(documents.stream()
                                .map(document -> new ObjectMapper().readTree(document))
                                .toList())
                        .roots())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("ours(kept(inside))", "segment(child)");
    }

    @Test
    void itMayBeClosedInAnyOrder() {
        AWSXRayRecorder global = AWSXRay.getGlobalRecorder();
        Obs first = builder().build();
        Obs second = builder().build();
        first.close();
        assertThat(isBridged(second)).isTrue();
        second.close();
        second.close();
        assertThat(AWSXRay.getGlobalRecorder()).isSameAs(global);
    }
}
