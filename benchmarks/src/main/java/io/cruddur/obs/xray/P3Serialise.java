package io.cruddur.obs.xray;

import io.cruddur.obs.benchmarks.Measured;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;

/** P3: the finished tree of P1 written as an X-Ray document. In the writer's package, which is nobody else's. */
@NullMarked
public class P3Serialise extends Measured {
    @Benchmark
    public int cruddurObs(FinishedTree tree) throws IOException {
        return tree.write();
    }

    @Benchmark
    public String xraySdk(FinishedSegment segment) {
        return segment.write();
    }
}
