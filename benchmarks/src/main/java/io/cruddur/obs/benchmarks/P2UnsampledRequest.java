package io.cruddur.obs.benchmarks;

import io.cruddur.obs.Span;
import io.cruddur.obs.benchmarks.peer.BraveTracing;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.benchmarks.peer.MicrometerObservation;
import io.cruddur.obs.benchmarks.peer.OpenTelemetry;
import io.cruddur.obs.benchmarks.peer.XRaySdk;
import org.openjdk.jmh.annotations.Benchmark;

/** P2: the request of P1 when the sampler says no: real ids are current on the thread, and nothing is recorded. */
public class P2UnsampledRequest extends Measured {
    @Benchmark
    public Span cruddurObs(CruddurObs.Unsampled peer) {
        return peer.request();
    }

    @Benchmark
    public void cruddurObsLambdas(CruddurObs.Unsampled peer) {
        peer.requestInLambdas();
    }

    @Benchmark
    public void xraySdk(XRaySdk.Unsampled peer) {
        peer.request();
    }

    @Benchmark
    public void openTelemetry(OpenTelemetry.Unsampled peer) {
        peer.request();
    }

    @Benchmark
    public void brave(BraveTracing.Unsampled peer) {
        peer.request();
    }

    @Benchmark
    public void micrometerObservation(MicrometerObservation.Unsampled peer) {
        peer.request();
    }
}
