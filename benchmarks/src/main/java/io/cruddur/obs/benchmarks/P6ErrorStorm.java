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
 * P6: the same exception again and again. Microseconds an exception are as many percent of one processor at 10,000 a second.
 * How many items came of it is printed at the end of each row; that there are at most 61 a minute is held by a test.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(ErrorReports.ERRORS)
@Warmup(iterations = 2_000)
@Measurement(iterations = 500)
public class P6ErrorStorm extends Measured {
    @Benchmark
    public void cruddurObs(ErrorReports.Ours peer) {
        peer.reportStorm();
    }

    @Benchmark
    @Warmup(iterations = 60)
    @Measurement(iterations = 40)
    public void rollbarJava(ErrorReports.RollbarJava peer) {
        peer.reportStorm();
    }

    @Benchmark
    @Warmup(iterations = 60)
    @Measurement(iterations = 40)
    public void sentry(ErrorReports.SentrySdk peer) {
        peer.reportStorm();
    }
}
