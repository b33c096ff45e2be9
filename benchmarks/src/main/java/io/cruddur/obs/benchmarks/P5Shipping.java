package io.cruddur.obs.benchmarks;

import io.cruddur.obs.benchmarks.peer.LogShipping;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * P5: log events from the logger to a service on the loopback that keeps every limit of CloudWatch Logs, one thread that
 * logs and waits when it is ahead. Events a second, the service's own work included.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 1)
public class P5Shipping extends Measured {
    @Benchmark
    @OperationsPerInvocation(LogShipping.EVENTS)
    public void cruddurObs(LogShipping.Ours peer) {
        peer.ship();
    }

    @Benchmark
    @OperationsPerInvocation(LogShipping.EVENTS)
    public void cruddurObsWriteAhead(LogShipping.OursWriteAhead peer) {
        peer.ship();
    }

    @Benchmark
    @OperationsPerInvocation(LogShipping.EVENTS)
    public void logbackAwslogs(LogShipping.LogbackAwslogs peer) {
        peer.ship();
    }
}
