package io.cruddur.obs;

import io.cruddur.obs.delivery.Delivery;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.delivery.RecordStore;
import io.cruddur.obs.otlp.OtlpSettings;
import io.cruddur.obs.otlp.OtlpSink;
import io.cruddur.obs.propagation.Propagation;
import io.cruddur.obs.propagation.Propagator;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.TraceOutput;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tracer;
import java.util.function.Consumer;

/** An {@link Obs} with a single way out for traces, put together by hand. */
public final class OtlpObs {
    private OtlpObs() {}

    /** One that sends over OTLP. */
    public static Obs sending(OtlpSettings to, Consumer<DeliveryOptions> options) {
        Settings settings = settings(options);
        var delivery = new Delivery();
        var output = new TracePipeline();
        Tracer tracer = tracer(output);
        var sink = new OtlpSink(to, tracer.adjustments(), settings.redactor());
        DeliveryOptions asked = settings.delivery();
        RecordStore<EncodedRecord> store = asked.store(settings.service(), settings.environment(), sink.name());
        output.open(delivery.add(
                store == null
                        ? Pipeline.inMemory(sink, asked.pipeline(), tracer::tick)
                        : Pipeline.withStore(sink, asked.pipeline(), store, asked.isWriteAhead(), tracer::tick)));
        return obs(settings, tracer, delivery);
    }

    /** One that hands over what it records. */
    public static Obs recording(Consumer<TraceRecord> out) {
        return obs(settings(unused -> {}), tracer(out::accept), new Delivery());
    }

    private static Tracer tracer(TraceOutput output) {
        return new Tracer(
                Sampler.always(),
                100,
                new Propagator(Propagation.DEFAULT),
                ApiSpans.INSTANCE,
                output,
                new Adjustments(),
                null);
    }

    private static Obs obs(Settings settings, Tracer tracer, Delivery delivery) {
        var propagator = new Propagator(settings.propagation());
        return new Obs(settings, tracer, propagator, delivery, null, () -> {}, Sampler.always());
    }

    private static Settings settings(Consumer<DeliveryOptions> options) {
        return new ObsBuilder()
                .service("by-hand")
                .environment("test")
                .sampler(Sampler.always())
                .delivery(options)
                .mdc(false)
                .settings();
    }
}
