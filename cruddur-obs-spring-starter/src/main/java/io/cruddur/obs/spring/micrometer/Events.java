package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.SpanNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What happened in a span: X-Ray has no events, so they are metadata, by the time at which they happened. */
final class Events {
    private static final String NAMESPACE = "events";
    /** No two of this process are at the same time, or the later one would take the earlier one's place. */
    private static final AtomicLong LAST_MICROS = new AtomicLong();

    private Events() {}

    static void add(SpanNode node, String name) {
        Instant now = Instant.now();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        add(node, name, LAST_MICROS.updateAndGet(last -> Math.max(last + 1, micros)));
    }

    static void add(SpanNode node, String name, long epochMicros) {
        if (name != null) {
            node.putMetadata(
                    NAMESPACE,
                    Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString(),
                    name);
        }
    }
}
