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

/** P10: one span with more and more annotations. */
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class P10Annotations extends Measured {
    @Param({"0", "10", "50"})
    public int annotations;

    @Benchmark
    public void cruddurObs(CruddurObs.Recorded peer) {
        peer.annotated(annotations);
    }

    @Benchmark
    public void xraySdkNotEmitted(XRaySdk.NotEmitted peer) {
        peer.annotated(annotations);
    }

    @Benchmark
    public void openTelemetryNotExported(OpenTelemetry.NotExported peer) {
        peer.annotated(annotations);
    }
}
