package io.cruddur.obs.benchmarks;

import io.cruddur.obs.benchmarks.peer.ErrorReports;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P6: an exception reported, on the thread that failed, with 500 live threads beside it; each is one of its kind, ten a turn,
 * and the next turn begins when they have arrived.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(ErrorReports.ERRORS)
@Warmup(iterations = 60)
@Measurement(iterations = 40)
public class P6ErrorReport extends Measured {
    @Benchmark
    public void cruddurObs(ErrorReports.Ours peer) {
        peer.reportEach();
    }

    @Benchmark
    public void rollbarJava(ErrorReports.RollbarJava peer) {
        peer.reportEach();
    }

    @Benchmark
    public void sentry(ErrorReports.SentrySdk peer) {
        peer.reportEach();
    }
}
