package io.cruddur.obs.benchmarks.peer;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.NoSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.SamplingStrategy;
import io.cruddur.obs.Obs;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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

    AWSXRayRecorder recorder(String daemonAddress) throws IOException {
        return AWSXRayRecorderBuilder.standard()
                .withSamplingStrategy(sampling)
                .withEmitter(emitter(daemonAddress))
                .withFastIdGenerator()
                .build();
    }

    @Setup
    public void start() throws IOException {
        daemon = new LoopbackDaemon();
        recorder = recorder(daemon.address());
    }

    @TearDown
    public void stop() {
        daemon.close();
    }

    /**
     * The work of P1 and P2; gives the segment, which has ended. Ended by the recorder: closing what is not sampled does
     * nothing, and would leave it current.
     */
    public Segment request() {
        Segment root = recorder.beginSegmentWithSampling("request");
        try {
            root.putAnnotation("URI", "/api/activities/home");
            root.putAnnotation("user", "andrewbrown");
            Subsegment first = recorder.beginSubsegment("first");
            try {
                first.putAnnotation("a", "1");
                first.putAnnotation("b", "2");
                first.putMetadata("m", "v");
                Subsegment second = recorder.beginSubsegment("second");
                try {
                    second.putAnnotation("c", "3");
                    second.putMetadata("m", "v");
                    Subsegment third = recorder.beginSubsegment("third");
                    try {
                        third.putAnnotation("d", "4");
                        third.putMetadata("m", "v");
                    } finally {
                        recorder.endSubsegment();
                    }
                } finally {
                    recorder.endSubsegment();
                }
            } finally {
                recorder.endSubsegment();
            }
        } finally {
            recorder.endSegment();
        }
        return root;
    }

    /** A root and its children, as many spans as that. */
    public void tree(int spans) {
        recorder.beginSegmentWithSampling("request");
        try {
            for (int i = 1; i < spans; i++) {
                recorder.beginSubsegment("child");
                recorder.endSubsegment();
            }
        } finally {
            recorder.endSegment();
        }
    }

    /** A segment with as many annotations as that. */
    public void annotated(int annotations) {
        Segment root = recorder.beginSegmentWithSampling("request");
        try {
            for (int i = 0; i < annotations; i++) {
                root.putAnnotation(Keys.key(i), "value");
            }
        } finally {
            recorder.endSegment();
        }
    }

    /** Whether a segment is current on this thread. */
    boolean hasCurrent() {
        return recorder.getCurrentSegmentOptional().isPresent();
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

    /** Calls of the SDK's own API, which our bridge answers: recorded, and handed to our sink's thread. */
    public static class Bridged extends XRaySdk {
        private final Sampler sampler;
        private @Nullable Obs obs;

        public Bridged() {
            this(Sampler.always());
        }

        private Bridged(Sampler sampler) {
            super(new AllSamplingStrategy());
            this.sampler = sampler;
        }

        @Override
        Emitter emitter(String daemonAddress) {
            throw new IllegalStateException("the SDK sends nothing");
        }

        @Override
        AWSXRayRecorder recorder(String daemonAddress) {
            obs = Obs.builder()
                    .service("benchmark")
                    .sampler(sampler)
                    .xrayDaemon(daemonAddress)
                    .closeOnShutdown(false)
                    .shutdownTimeout(Duration.ofSeconds(1))
                    .build();
            return AWSXRay.getGlobalRecorder();
        }

        @Override
        @TearDown
        public void stop() {
            if (obs != null) {
                System.out.println(obs.report());
                obs.close();
            }
            super.stop();
        }
    }

    /** The same where no trace is recorded. */
    public static class BridgedUnsampled extends Bridged {
        public BridgedUnsampled() {
            super(Sampler.never());
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
