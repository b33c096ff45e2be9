package io.cruddur.obs.benchmarks;

import io.cruddur.obs.Span;
import io.cruddur.obs.benchmarks.peer.BraveTracing;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.benchmarks.peer.MicrometerObservation;
import io.cruddur.obs.benchmarks.peer.OpenTelemetry;
import io.cruddur.obs.benchmarks.peer.XRaySdk;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * P1: one request on the caller's thread, a root with three nested spans, six annotations and three metadata values,
 * all of it recorded and handed over.
 */
public class P1TracedRequest extends Measured {
    @Benchmark
    public Span cruddurObs(CruddurObs.Recorded peer) {
        return peer.request();
    }

    @Benchmark
    public void cruddurObsLambdas(CruddurObs.Recorded peer) {
        peer.requestInLambdas();
    }

    @Benchmark
    public void xraySdkUdp(XRaySdk.Udp peer) {
        peer.request();
    }

    @Benchmark
    public void xraySdkNotEmitted(XRaySdk.NotEmitted peer) {
        peer.request();
    }

    @Benchmark
    public void openTelemetryOtlp(OpenTelemetry.Otlp peer) {
        peer.request();
    }

    @Benchmark
    public void openTelemetryNotExported(OpenTelemetry.NotExported peer) {
        peer.request();
    }

    @Benchmark
    public void brave(BraveTracing.Recorded peer) {
        peer.request();
    }

    @Benchmark
    public void micrometerObservation(MicrometerObservation.Recorded peer) {
        peer.request();
    }
}
