package io.cruddur.obs.benchmarks;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P1: one request on the caller's thread, a root with three nested spans, six annotations and three metadata values,
 * all of it recorded and handed over. The heap is fixed, because a growing one blurs the figures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class TracedRequest {
    private DatagramSocket daemon;
    private Obs obs;
    private AWSXRayRecorder xray;

    @Setup
    public void start() throws IOException {
        // Bound and never read: the kernel drops what does not fit, as it would for any daemon that is too slow.
        daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        String address = "127.0.0.1:" + daemon.getLocalPort();
        obs = Obs.builder().service("benchmark").xrayDaemon(address).build();
        xray = AWSXRayRecorderBuilder.standard()
                .withSamplingStrategy(new AllSamplingStrategy())
                .withEmitter(Emitter.create())
                .withFastIdGenerator()
                .build();
        xray.setEmitter(Emitter.create(daemonConfiguration(address)));
        AWSXRay.setGlobalRecorder(xray);
    }

    private static com.amazonaws.xray.config.DaemonConfiguration daemonConfiguration(String address) {
        var configuration = new com.amazonaws.xray.config.DaemonConfiguration();
        configuration.setDaemonAddress(address);
        return configuration;
    }

    @TearDown
    public void stop() {
        System.out.println(obs.report());
        obs.close();
        daemon.close();
    }

    @Benchmark
    public void cruddurObs() {
        try (Span root = obs.trace("request").server().start()) {
            root.annotate("URI", "/api/activities/home").annotate("user", "andrewbrown");
            try (Span first = obs.trace("first").start()) {
                first.annotate("a", "1").annotate("b", "2").metadata("m", "v");
                try (Span second = obs.trace("second").start()) {
                    second.annotate("c", "3").metadata("m", "v");
                    try (Span third = obs.trace("third").start()) {
                        third.annotate("d", "4").metadata("m", "v");
                    }
                }
            }
        }
    }

    @Benchmark
    public void cruddurObsLambdas() {
        obs.trace("request").server().run(root -> {
            root.annotate("URI", "/api/activities/home").annotate("user", "andrewbrown");
            obs.trace("first").run(first -> {
                first.annotate("a", "1").annotate("b", "2").metadata("m", "v");
                obs.trace("second").run(second -> {
                    second.annotate("c", "3").metadata("m", "v");
                    obs.trace("third").run(third -> {
                        third.annotate("d", "4").metadata("m", "v");
                    });
                });
            });
        });
    }

    @Benchmark
    public void xraySdkWithUdp() {
        try (Segment root = xray.beginSegment("request")) {
            root.putAnnotation("URI", "/api/activities/home");
            root.putAnnotation("user", "andrewbrown");
            try (Subsegment first = xray.beginSubsegment("first")) {
                first.putAnnotation("a", "1");
                first.putAnnotation("b", "2");
                first.putMetadata("m", "v");
                try (Subsegment second = xray.beginSubsegment("second")) {
                    second.putAnnotation("c", "3");
                    second.putMetadata("m", "v");
                    try (Subsegment third = xray.beginSubsegment("third")) {
                        third.putAnnotation("d", "4");
                        third.putMetadata("m", "v");
                    }
                }
            }
        }
    }
}
