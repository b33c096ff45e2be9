package io.cruddur.obs.spring.micrometer;

import brave.Tracing;
import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.sampler.Sampler;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.brave.bridge.W3CPropagation;
import io.micrometer.tracing.propagation.Propagator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A reference: Micrometer's bridge to Brave. */
class BraveTracerContractTest extends TracerContract {
    private static final List<String> FIELDS = List.of("tenant", "region", TAGGED);

    private final List<MutableSpan> ended = new CopyOnWriteArrayList<>();
    private final ThreadLocalCurrentTraceContext current =
            ThreadLocalCurrentTraceContext.newBuilder().build();
    private final Tracing tracing = tracing(Sampler.ALWAYS_SAMPLE);
    private final Tracing never = tracing(Sampler.NEVER_SAMPLE);
    private final Tracer tracer = bridge(tracing);
    private final Propagator propagator = new BravePropagator(tracing);

    private Tracing tracing(Sampler sampler) {
        var baggage = BaggagePropagation.newFactoryBuilder(new W3CPropagation(manager(), List.of()));
        FIELDS.forEach(field -> baggage.add(SingleBaggageField.remote(BaggageField.create(field))));
        return Tracing.newBuilder()
                .traceId128Bit(true)
                .supportsJoin(false)
                .sampler(sampler)
                .currentTraceContext(current)
                .propagationFactory(baggage.build())
                .addSpanHandler(new SpanHandler() {
                    @Override
                    public boolean end(brave.propagation.TraceContext context, MutableSpan span, Cause cause) {
                        if (cause == Cause.FINISHED) {
                            ended.add(span);
                        }
                        return true;
                    }
                })
                .build();
    }

    private static BraveBaggageManager manager() {
        return new BraveBaggageManager(List.of(TAGGED), FIELDS);
    }

    private Tracer bridge(Tracing brave) {
        return new BraveTracer(brave.tracer(), new BraveCurrentTraceContext(current), manager());
    }

    @Override
    Tracer tracer() {
        return tracer;
    }

    @Override
    Tracer unsampledTracer() {
        return bridge(never);
    }

    @Override
    Propagator propagator() {
        return propagator;
    }

    @Override
    Map<String, String> differences() {
        return Map.of(
                "aSpanWithoutAParentBeginsATraceWhateverIsCurrent", "Brave's bridge begins it under what is current",
                "whatIsSaidAfterTheEndIsIgnored", "Brave hands over the span that is said more of, not a copy");
    }

    @Override
    List<FinishedSpanView> finished() {
        return ended.stream().map(BraveTracerContractTest::view).toList();
    }

    @AfterEach
    void close() {
        tracing.close();
        never.close();
    }

    private static FinishedSpanView view(MutableSpan span) {
        var tags = new HashMap<String, Object>(span.tags());
        if (span.remoteServiceName() != null) {
            tags.put("remote service", span.remoteServiceName());
        }
        if (span.remoteIp() != null) {
            tags.put("remote address", span.remoteIp() + ':' + span.remotePort());
        }
        return new FinishedSpanView(
                String.valueOf(span.name()),
                span.traceId(),
                span.id(),
                span.parentId(),
                tags,
                span.kind() == null ? null : span.kind().name(),
                span.annotations().stream().map(Map.Entry::getValue).toList(),
                span.error() == null ? null : span.error().getMessage(),
                links(span.tags()),
                span.startTimestamp(),
                span.finishTimestamp());
    }

    /** Brave has none; the bridge keeps them in tags. */
    private static List<String> links(Map<String, String> tags) {
        var links = new ArrayList<String>();
        var sorted = new TreeMap<>(tags);
        sorted.forEach((key, value) -> {
            if (key.startsWith("links[") && key.endsWith("].traceId")) {
                links.add(value + '-' + sorted.get(key.replace("traceId", "spanId")));
            }
        });
        return links;
    }
}
