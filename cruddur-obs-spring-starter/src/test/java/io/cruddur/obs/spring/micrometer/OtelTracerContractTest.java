package io.cruddur.obs.spring.micrometer;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A reference: Micrometer's bridge to OpenTelemetry. */
class OtelTracerContractTest extends TracerContract {
    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider provider = provider(Sampler.parentBased(Sampler.alwaysOn()));
    private final SdkTracerProvider never = provider(Sampler.alwaysOff());
    private final io.opentelemetry.api.trace.Tracer otel = provider.get("test");
    private final Tracer tracer = bridge(otel);
    private final Propagator propagator = new OtelPropagator(
            ContextPropagators.create(TextMapPropagator.composite(
                    W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())),
            otel);

    private SdkTracerProvider provider(Sampler sampler) {
        return SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(new Collector())
                .build();
    }

    private static Tracer bridge(io.opentelemetry.api.trace.Tracer otel) {
        var current = new OtelCurrentTraceContext();
        return new OtelTracer(
                otel, current, event -> {}, new OtelBaggageManager(current, List.of("tenant"), List.of(TAGGED)));
    }

    @Override
    Tracer tracer() {
        return tracer;
    }

    @Override
    Tracer unsampledTracer() {
        return bridge(never.get("test"));
    }

    @Override
    Propagator propagator() {
        return propagator;
    }

    @Override
    List<FinishedSpanView> finished() {
        return ended.stream().map(OtelTracerContractTest::view).toList();
    }

    @AfterEach
    void close() {
        provider.close();
        never.close();
    }

    private static FinishedSpanView view(SpanData span) {
        var tags = new HashMap<String, Object>();
        span.getAttributes().forEach((key, value) -> tags.put(key.getKey(), value));
        String error = span.getEvents().stream()
                .filter(event -> event.getName().equals("exception"))
                .map(event -> event.getAttributes().asMap().toString())
                .findFirst()
                .orElse(null);
        return new FinishedSpanView(
                span.getName(),
                span.getTraceId(),
                span.getSpanId(),
                span.getParentSpanContext().isValid() ? span.getParentSpanId() : null,
                tags,
                span.getKind() == SpanKind.INTERNAL ? null : span.getKind().name(),
                span.getEvents().stream()
                        .map(EventData::getName)
                        .filter(name -> !name.equals("exception"))
                        .toList(),
                error,
                span.getLinks().stream()
                        .map(link -> link.getSpanContext().getTraceId()
                                + '-'
                                + link.getSpanContext().getSpanId())
                        .toList(),
                span.getStartEpochNanos() / 1_000,
                span.getEndEpochNanos() / 1_000);
    }

    private final class Collector implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
