package io.cruddur.obs.benchmarks;

import io.cruddur.obs.benchmarks.peer.CruddurObs;
import org.openjdk.jmh.annotations.Benchmark;

/** P1m and P2m: the requests of P1 and P2 with their ids in Logback's MDC and one header for an outbound call. */
public class PmIdsShown extends Measured {
    @Benchmark
    public String traced(CruddurObs.RecordedWithMdc peer) {
        return peer.request().context().toXAmznTraceId();
    }

    @Benchmark
    public String unsampled(CruddurObs.UnsampledWithMdc peer) {
        return peer.request().context().toXAmznTraceId();
    }
}
