package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.RemoteParent;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.propagation.Propagator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the headers that the properties name. Thread-safe. */
record BridgePropagator(BridgeTracer tracer, io.cruddur.obs.propagation.Propagator headers) implements Propagator {

    @Override
    public List<String> fields() {
        return headers.fields();
    }

    @Override
    public <C> void inject(TraceContext context, @Nullable C carrier, Setter<C> setter) {
        BridgeContext place = BridgeContext.of(context);
        if (place != null && carrier != null) {
            boolean message = JmsMessages.isOne(carrier);
            headers.inject(place.outbound(tracer.currentFrame()), (name, value) -> {
                if (!message || JmsMessages.takeHeader(name)) {
                    setter.set(carrier, name, value);
                }
            });
        }
    }

    /** A span that goes on with what the carrier names; where it names nothing that is valid, with what is current. */
    @Override
    public <C> Span.Builder extract(@Nullable C carrier, Getter<C> getter) {
        RemoteParent remote = carrier == null ? null : headers.extract(name -> value(carrier, getter, name));
        return new BridgeSpanBuilder(tracer).setParent(remote == null ? null : new BridgeContext.Remote(remote));
    }

    private static <C> @Nullable String value(C carrier, Getter<C> getter, String name) {
        Iterable<String> all = getter.getAll(carrier, name);
        StringBuilder joined = null;
        for (String each : all) {
            if (each != null) {
                joined = joined == null
                        ? new StringBuilder(each)
                        : joined.append(',').append(each);
            }
        }
        return joined == null ? null : joined.toString();
    }
}
