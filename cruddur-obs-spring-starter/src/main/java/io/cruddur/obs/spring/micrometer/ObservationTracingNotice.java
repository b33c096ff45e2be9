package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Obs;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.ClassUtils;

/** Says once who traces observations, where there might be a doubt. */
final class ObservationTracingNotice implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);
    private static final String OTEL = "io.micrometer.tracing.otel.bridge.OtelTracer";
    private static final String BRAVE = "io.micrometer.tracing.brave.bridge.BraveTracer";

    private final ObjectProvider<Tracer> tracers;
    private final @Nullable ClassLoader classLoader;

    ObservationTracingNotice(ObjectProvider<Tracer> tracers, @Nullable ClassLoader classLoader) {
        this.tracers = tracers;
        this.classLoader = classLoader;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Tracer tracer = tracers.getIfUnique();
        if (tracer == null || tracer instanceof BridgeTracer) {
            String other = isPresent(OTEL) ? "OpenTelemetry's" : isPresent(BRAVE) ? "Brave's" : null;
            if (tracer != null && other != null) {
                LOG.info(
                        "Cruddur Obs traces what Micrometer observes; {} tracer is on the class path and gets none of it. "
                                + "cruddur.obs.trace.observations=false leaves it to that.",
                        other);
            }
        } else {
            LOG.info(
                    "What Micrometer observes is traced by the application's own tracer, {}, and not by Cruddur Obs. "
                            + "Without that bean it would be.",
                    tracer.getClass().getName());
        }
    }

    private boolean isPresent(String type) {
        return ClassUtils.isPresent(type, classLoader);
    }
}
