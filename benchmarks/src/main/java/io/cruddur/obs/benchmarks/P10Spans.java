package io.cruddur.obs.benchmarks;

import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.benchmarks.peer.OpenTelemetry;
import io.cruddur.obs.benchmarks.peer.XRaySdk;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** P10: a root and its children, one after the other. Linear is what it should be. */
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class P10Spans extends Measured {
    @Param({"1", "10", "100", "1000", "10000"})
    public int spans;

    @Benchmark
    public void cruddurObs(CruddurObs.Recorded peer) {
        peer.tree(spans);
    }

    @Benchmark
    public void xraySdkUdp(XRaySdk.Udp peer) {
        peer.tree(spans);
    }

    @Benchmark
    public void openTelemetryNotExported(OpenTelemetry.NotExported peer) {
        peer.tree(spans);
    }
}
