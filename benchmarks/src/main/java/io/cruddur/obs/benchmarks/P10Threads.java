package io.cruddur.obs.benchmarks;

import io.cruddur.obs.Span;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.benchmarks.peer.OpenTelemetry;
import io.cruddur.obs.benchmarks.peer.XRaySdk;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P10: the request of P1 on more and more threads that share nothing but the library. Requests a second of all threads
 * together: they grow up to the number of cores and stay there, unless the threads meet at a lock.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public abstract class P10Threads extends Measured {
    @Benchmark
    public Span cruddurObs(CruddurObs.Recorded peer) {
        return peer.request();
    }

    @Benchmark
    public void xraySdkNotEmitted(XRaySdk.NotEmitted peer) {
        peer.request();
    }

    @Benchmark
    public void openTelemetryNotExported(OpenTelemetry.NotExported peer) {
        peer.request();
    }

    /** One. */
    @Threads(1)
    public static class On1 extends P10Threads {}

    /** Four. */
    @Threads(4)
    public static class On4 extends P10Threads {}

    /** Sixteen. */
    @Threads(16)
    public static class On16 extends P10Threads {}

    /** Sixty-four. */
    @Threads(64)
    public static class On64 extends P10Threads {}
}
