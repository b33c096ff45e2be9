package io.cruddur.obs.benchmarks;

import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.propagation.Traceparent;
import io.cruddur.obs.propagation.XAmznTraceId;
import io.cruddur.obs.sampling.LocalRules;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What happens once a request besides the recording: the caller's header, the decision, the ids for a log line. */
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SmallParts extends Measured {

    /** Read from fields, or the compiler would do the work once. */
    @State(Scope.Benchmark)
    public static class Input {
        String amzn = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        String w3c = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String name = "request";
        InboundRequest request = new Request("www.example.com", "GET", "/api/activities/home");
        Sampler oneInTwenty = Sampler.fixedRate(0.05);
        Sampler tenRules = LocalRules.load("classpath:ten-sampling-rules.json");
    }

    private record Request(String host, String method, String path) implements InboundRequest {}

    /** A span that stays current on each thread that measures. */
    @State(Scope.Thread)
    public static class InSpan {
        private Span span;

        @Setup
        public void start(CruddurObs.Recorded peer) {
            span = peer.obs().trace("current").start();
        }

        @TearDown
        public void end() {
            span.close();
        }
    }

    @Benchmark
    public @Nullable RemoteParent parseXAmznTraceId(Input input) {
        return XAmznTraceId.parse(input.amzn);
    }

    @Benchmark
    public @Nullable RemoteParent parseTraceparent(Input input) {
        return Traceparent.parse(input.w3c);
    }

    @Benchmark
    public SamplingDecision decideAtFixedRate(Input input) {
        return input.oneInTwenty.sample(input.name, null);
    }

    @Benchmark
    public SamplingDecision decideByTheTenthRule(Input input) {
        return input.tenRules.sample(input.name, input.request);
    }

    @Benchmark
    public TraceContext currentTraceContext(CruddurObs.Recorded peer, InSpan current) {
        return peer.obs().currentTraceContext();
    }
}
