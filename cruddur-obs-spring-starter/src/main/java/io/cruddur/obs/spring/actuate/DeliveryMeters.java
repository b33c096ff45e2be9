package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.DisposableBean;

/**
 * {@code cruddur.obs.delivery.records}, by {@code sink}, {@code outcome} (accepted, delivered or lost) and the {@code reason}
 * of what is lost, and the gauges {@code cruddur.obs.delivery.pending} and {@code .spooled} by sink. So in any registry
 * accepted = delivered + pending + lost. They go with their application: Micrometer's global registry, of which Boot makes
 * every other a part, stays, and with it whatever it can reach. Thread-safe.
 */
final class DeliveryMeters implements MeterBinder, DisposableBean {
    private static final String RECORDS = "cruddur.obs.delivery.records";
    private static final String NO_REASON = "none";

    private final Obs obs;
    private final Queue<Runnable> removals = new ConcurrentLinkedQueue<>();

    DeliveryMeters(Obs obs) {
        this.obs = obs;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (DeliveryReport.Sink sink : SinkDetails.sinks(obs)) {
            String name = sink.name();
            counter(registry, name, "accepted", NO_REASON, DeliveryReport.Sink::accepted);
            counter(registry, name, "delivered", NO_REASON, DeliveryReport.Sink::delivered);
            Set<String> reasons = ConcurrentHashMap.newKeySet();
            // A reason is known once there is a loss. Whoever reads the gauge finds its counter the next time.
            Gauge pending = Gauge.builder("cruddur.obs.delivery.pending", obs, all -> {
                        reasons(registry, name, reasons);
                        return of(all, name, DeliveryReport.Sink::pending);
                    })
                    .description("Records that wait or are on their way")
                    .baseUnit("records")
                    .tag("sink", name)
                    .register(registry);
            Gauge spooled = Gauge.builder(
                            "cruddur.obs.delivery.spooled", obs, all -> of(all, name, DeliveryReport.Sink::spooled))
                    .description("Those of the pending records that are on disk")
                    .baseUnit("records")
                    .tag("sink", name)
                    .register(registry);
            removals.add(() -> registry.remove(pending));
            removals.add(() -> registry.remove(spooled));
            reasons(registry, name, reasons);
        }
    }

    private void reasons(MeterRegistry registry, String sink, Set<String> known) {
        SinkDetails.sinks(obs).stream()
                .filter(each -> each.name().equals(sink))
                .flatMap(each -> each.lost().keySet().stream())
                .filter(known::add)
                .forEach(reason -> counter(
                        registry, sink, "lost", reason, each -> each.lost().getOrDefault(reason, 0L)));
    }

    private void counter(
            MeterRegistry registry,
            String sink,
            String outcome,
            String reason,
            ToLongFunction<DeliveryReport.Sink> count) {
        FunctionCounter counter = FunctionCounter.builder(RECORDS, obs, all -> of(all, sink, count))
                .description("Records by what became of them")
                .baseUnit("records")
                .tag("sink", sink)
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
        removals.add(() -> registry.remove(counter));
    }

    @Override
    public void destroy() {
        removals.forEach(Runnable::run);
        removals.clear();
    }

    private static double of(Obs obs, String sink, ToLongFunction<DeliveryReport.Sink> count) {
        return SinkDetails.sinks(obs).stream()
                .filter(each -> each.name().equals(sink))
                .mapToLong(count)
                .sum();
    }
}
