package io.cruddur.obs.xray;

import com.amazonaws.xray.entities.Segment;
import io.cruddur.obs.benchmarks.Measured;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.benchmarks.peer.TcpDaemon;
import io.cruddur.obs.benchmarks.peer.XRaySdk;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.trace.Adjustments;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Trees a second, acknowledged 50 a call, beside the SDK's datagrams, which nobody reads: written and sent by one thread,
 * and as a whole, from the request of one thread to the answer.
 */
@NullMarked
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class P3Acknowledged extends Measured {
    private static final int BATCH = 50;

    /** The way out as it is, with a daemon that answers. */
    @State(Scope.Benchmark)
    public static class Acknowledged {
        private final List<EncodedRecord> batch = new ArrayList<>();
        private TcpDaemon daemon;
        private TraceSegmentsSink sink;

        @Setup
        public void open() throws IOException {
            daemon = new TcpDaemon();
            sink = TraceSegmentsSink.throughDaemon(
                    "xray",
                    DaemonAddress.parse(daemon.address()),
                    Duration.ofSeconds(5),
                    SegmentSettings.NONE,
                    new Adjustments(),
                    new Secrets());
        }

        @TearDown
        public void close() {
            sink.close();
            daemon.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Answer cruddurObs(FinishedTree tree, Acknowledged to) throws IOException {
        to.batch.clear();
        for (int i = 0; i < BATCH; i++) {
            tree.encode(to.sink, to.batch::add);
        }
        Answer answer = to.sink.send(to.batch);
        if (answer != Answer.DELIVERED) {
            throw new IllegalStateException("not delivered: " + answer);
        }
        return answer;
    }

    @Benchmark
    @OperationsPerInvocation(CruddurObs.Acknowledged.REQUESTS)
    public void cruddurObsFromTheRequest(CruddurObs.Acknowledged peer) {
        peer.requests();
    }

    @Benchmark
    public Segment xraySdkUdpFromTheRequest(XRaySdk.Udp peer) {
        return peer.request();
    }

    @Benchmark
    public boolean xraySdkUdp(FinishedSegment segment, P3Send.SdkEmitter sdk) {
        return sdk.send(segment);
    }
}
