package io.cruddur.obs.benchmarks;

import io.cruddur.obs.Span;
import io.cruddur.obs.benchmarks.peer.LogCalls;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * P4: a log call on the caller's thread, with two arguments and neither MDC nor key-values. The base line renders the
 * message and drops it; what the others cost is what they have above it. The bytes that JMH's profiler gives count what the
 * sink allocates between two rounds as well; those of the caller alone are asserted by a test.
 */
@OperationsPerInvocation(LogCalls.LINES)
public class P4LogCall extends Measured {
    @Benchmark
    public void baseLine(LogCalls.Rendered peer) {
        peer.lines();
    }

    @Benchmark
    public void cruddurObs(LogCalls.Shipped peer) {
        peer.lines();
    }

    @Benchmark
    @SuppressWarnings("try")
    public void cruddurObsInATrace(LogCalls.Shipped peer) {
        try (Span current = peer.span()) {
            peer.lines();
        }
    }

    @Benchmark
    public void logbackAsyncAppender(LogCalls.Async peer) {
        peer.lines();
    }
}
