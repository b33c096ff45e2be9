package io.cruddur.obs.benchmarks;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.propagation.Propagation;
import io.cruddur.obs.propagation.PropagationFormat;
import io.cruddur.obs.propagation.Propagator;
import io.cruddur.obs.trace.RemoteParent;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What one header costs to read, the look-up of its name included, and what all of them cost to write. */
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TraceHeaders extends Measured {
    private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
    private static final String SPAN = "53995c3f42cd8ad8";

    private final Map<String, String> headers = Map.of(
            "X-Amzn-Trace-Id",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=" + SPAN + ";Sampled=1",
            "traceparent",
            "00-" + TRACE + "-" + SPAN + "-01",
            "b3",
            TRACE + "-" + SPAN + "-1",
            "X-B3-TraceId",
            TRACE,
            "X-B3-SpanId",
            SPAN,
            "X-B3-Sampled",
            "1");
    private final Map<String, String> baggageAlone = Map.of("baggage", "userId=alice,tenant=blue");

    private final Propagator xray = reading(PropagationFormat.XRAY);
    private final Propagator w3c = reading(PropagationFormat.W3C);
    private final Propagator b3 = reading(PropagationFormat.B3);
    private final Propagator b3Multi = reading(PropagationFormat.B3_MULTI);
    private final Propagator baggage = new Propagator(Propagation.DEFAULT.reading());

    private Obs obs;
    private Span current;

    private static Propagator reading(PropagationFormat format) {
        return new Propagator(Propagation.DEFAULT.reading(format).baggage(false));
    }

    @Setup
    public void start() {
        obs = Obs.builder().build();
        current = obs.trace("current").start();
    }

    @TearDown
    public void stop() {
        current.close();
        obs.close();
    }

    @Benchmark
    public @Nullable RemoteParent readXray() {
        return xray.extract(headers::get);
    }

    @Benchmark
    public @Nullable RemoteParent readW3c() {
        return w3c.extract(headers::get);
    }

    @Benchmark
    public @Nullable RemoteParent readB3() {
        return b3.extract(headers::get);
    }

    @Benchmark
    public @Nullable RemoteParent readB3Multi() {
        return b3Multi.extract(headers::get);
    }

    /** Two entries, and the fresh id of the trace that begins with them. */
    @Benchmark
    public @Nullable RemoteParent readBaggage() {
        return baggage.extract(baggageAlone::get);
    }

    /** X-Amzn-Trace-Id and traceparent. */
    @Benchmark
    public void write(Blackhole blackhole) {
        obs.inject((name, value) -> blackhole.consume(value));
    }
}
