package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Obs;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.exporter.SpanFilter;
import io.micrometer.tracing.exporter.SpanReporter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** Says once who traces observations, where there might be a doubt. */
final class ObservationTracingNotice implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);
    private static final String OTEL = "io.micrometer.tracing.otel.bridge.OtelTracer";
    private static final String BRAVE = "io.micrometer.tracing.brave.bridge.BraveTracer";

    /** Who are asked of each finished span by other tracers. */
    private static final List<Class<?>> OF_FINISHED_SPANS =
            List.of(SpanExportingPredicate.class, SpanFilter.class, SpanReporter.class);

    private final ObjectProvider<Tracer> tracers;
    private final ApplicationContext context;

    ObservationTracingNotice(ObjectProvider<Tracer> tracers, ApplicationContext context) {
        this.tracers = tracers;
        this.context = context;
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
            if (tracer != null) {
                sayWhoIsNotAsked();
            }
        } else {
            LOG.info(
                    "What Micrometer observes is traced by the application's own tracer, {}, and not by Cruddur Obs. "
                            + "Without that bean it would be.",
                    tracer.getClass().getName());
        }
    }

    /** Somebody may count on one of them to take secrets out. */
    private void sayWhoIsNotAsked() {
        String names = OF_FINISHED_SPANS.stream()
                .flatMap(type -> Stream.of(context.getBeanNamesForType(type, true, false)))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            LOG.warn(
                    "Cruddur Obs does not ask the beans that other tracers ask of each finished span: {}. A trace leaves as "
                            + "one tree. An ObservationFilter changes spans, an ObservationPredicate leaves them out, "
                            + "and cruddur.obs.redact.* takes secrets out.",
                    names);
        }
    }

    private boolean isPresent(String type) {
        return ClassUtils.isPresent(type, context.getClassLoader());
    }
}
