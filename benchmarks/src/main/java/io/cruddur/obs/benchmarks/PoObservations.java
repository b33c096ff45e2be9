package io.cruddur.obs.benchmarks;

import io.cruddur.obs.benchmarks.peer.MicrometerObservation;
import org.openjdk.jmh.annotations.Benchmark;

/** The work of P1 and P2 as four of Micrometer's observations, over its bridge to OpenTelemetry and over ours. */
public class PoObservations extends Measured {
    @Benchmark
    public void cruddurObs(MicrometerObservation.RecordedByCruddurObs peer) {
        peer.request();
    }

    @Benchmark
    public void openTelemetry(MicrometerObservation.Recorded peer) {
        peer.request();
    }

    @Benchmark
    public void cruddurObsUnsampled(MicrometerObservation.UnsampledByCruddurObs peer) {
        peer.request();
    }

    @Benchmark
    public void openTelemetryUnsampled(MicrometerObservation.Unsampled peer) {
        peer.request();
    }
}
