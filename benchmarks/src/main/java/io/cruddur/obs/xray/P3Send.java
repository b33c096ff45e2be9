package io.cruddur.obs.xray;

import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import io.cruddur.obs.benchmarks.Measured;
import io.cruddur.obs.benchmarks.peer.LoopbackDaemon;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** P3: the same, and sent. The system call is the floor under everybody; it stands alone in a row of its own. */
@NullMarked
public class P3Send extends Measured {

    /** The SDK's own way out. */
    @State(Scope.Benchmark)
    public static class SdkEmitter {
        private LoopbackDaemon daemon;
        private Emitter emitter;

        @Setup
        public void open() throws IOException {
            daemon = new LoopbackDaemon();
            var configuration = new DaemonConfiguration();
            configuration.setDaemonAddress(daemon.address());
            emitter = Emitter.create(configuration);
        }

        @TearDown
        public void close() {
            daemon.close();
        }

        boolean send(FinishedSegment segment) {
            return emitter.sendSegment(segment.segment());
        }
    }

    /** Our document, written beforehand. */
    @State(Scope.Benchmark)
    public static class Document {
        private byte[] bytes;

        @Setup
        public void write(FinishedTree tree) throws IOException {
            bytes = tree.document();
        }
    }

    @Benchmark
    public int cruddurObs(FinishedTree tree, Datagrams datagrams) throws IOException {
        return tree.write(datagrams.consumer);
    }

    @Benchmark
    public boolean xraySdkUdp(FinishedSegment segment, SdkEmitter sdk) {
        return sdk.send(segment);
    }

    @Benchmark
    public void datagramAlone(Document document, Datagrams datagrams) throws IOException {
        datagrams.send(0, document.bytes, 0, document.bytes.length);
    }
}
