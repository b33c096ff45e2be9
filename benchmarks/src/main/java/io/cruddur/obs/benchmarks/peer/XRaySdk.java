package io.cruddur.obs.benchmarks.peer;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.NoSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.SamplingStrategy;
import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The X-Ray SDK for Java 2.21 with the faster of its two id generators. */
@State(Scope.Benchmark)
public abstract class XRaySdk {
    private final SamplingStrategy sampling;
    private LoopbackDaemon daemon;
    private AWSXRayRecorder recorder;

    private XRaySdk(SamplingStrategy sampling) {
        this.sampling = sampling;
    }

    abstract Emitter emitter(String daemonAddress) throws IOException;

    @Setup
    public void start() throws IOException {
        daemon = new LoopbackDaemon();
        recorder = AWSXRayRecorderBuilder.standard()
                .withSamplingStrategy(sampling)
                .withEmitter(emitter(daemon.address()))
                .withFastIdGenerator()
                .build();
    }

    @TearDown
    public void stop() {
        daemon.close();
    }

    /** The work of P1 and P2; gives the segment, which has ended. */
    public Segment request() {
        Segment request = recorder.beginSegmentWithSampling("request");
        try (Segment root = request) {
            root.putAnnotation("URI", "/api/activities/home");
            root.putAnnotation("user", "andrewbrown");
            try (Subsegment first = recorder.beginSubsegment("first")) {
                first.putAnnotation("a", "1");
                first.putAnnotation("b", "2");
                first.putMetadata("m", "v");
                try (Subsegment second = recorder.beginSubsegment("second")) {
                    second.putAnnotation("c", "3");
                    second.putMetadata("m", "v");
                    try (Subsegment third = recorder.beginSubsegment("third")) {
                        third.putAnnotation("d", "4");
                        third.putMetadata("m", "v");
                    }
                }
            }
        }
        return request;
    }

    /** A root and its children, as many spans as that. */
    @SuppressWarnings("try")
    public void tree(int spans) {
        try (Segment root = recorder.beginSegmentWithSampling("request")) {
            for (int i = 1; i < spans; i++) {
                recorder.beginSubsegment("child").close();
            }
        }
    }

    /** A segment with as many annotations as that. */
    public void annotated(int annotations) {
        try (Segment root = recorder.beginSegmentWithSampling("request")) {
            for (int i = 0; i < annotations; i++) {
                root.putAnnotation(Keys.key(i), "value");
            }
        }
    }

    /** Its usual way: each segment goes to the daemon's port on the thread that ends it. */
    public static class Udp extends XRaySdk {
        public Udp() {
            super(new AllSamplingStrategy());
        }

        @Override
        Emitter emitter(String daemonAddress) throws IOException {
            var configuration = new DaemonConfiguration();
            configuration.setDaemonAddress(daemonAddress);
            return Emitter.create(configuration);
        }
    }

    /** Recorded, then thrown away unwritten. */
    public static class NotEmitted extends XRaySdk {
        public NotEmitted() {
            super(new AllSamplingStrategy());
        }

        @Override
        Emitter emitter(String daemonAddress) {
            return new Discarding();
        }
    }

    /** No trace is recorded. */
    public static class Unsampled extends XRaySdk {
        public Unsampled() {
            super(new NoSamplingStrategy());
        }

        @Override
        Emitter emitter(String daemonAddress) {
            return new Discarding();
        }
    }

    private static final class Discarding extends Emitter {
        @Override
        public boolean sendSegment(Segment segment) {
            return true;
        }

        @Override
        public boolean sendSubsegment(Subsegment subsegment) {
            return true;
        }
    }
}
