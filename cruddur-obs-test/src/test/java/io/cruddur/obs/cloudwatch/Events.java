package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.log.LogEncoder;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.trace.SpanIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of a known size at a known time, and sinks that send them as they are. */
final class Events {
    static final String GROUP = "cruddur";
    static final String STREAM = "stream";
    /** A line is the record's message and nothing else. */
    static final LogEncoder AS_IT_IS =
            (record, maxBytes, lines) -> lines.accept(line(record.timestampMillis(), record.message()));

    private Events() {}

    static EncodedRecord line(long timestampMillis, String message) {
        return new EncodedRecord(
                UUID.randomUUID(), timestampMillis, Severity.INFO, true, message.getBytes(StandardCharsets.UTF_8));
    }

    static EncodedRecord line(String message) {
        return line(System.currentTimeMillis(), message);
    }

    static List<EncodedRecord> lines(String... messages) {
        return java.util.Arrays.stream(messages).map(Events::line).toList();
    }

    static LogRecord record(long timestampMillis, String message) {
        return new LogRecord(
                timestampMillis, "INFO", "app.Home", "main", message, Map.of(), Map.of(), null, SpanIds.current());
    }

    static CloudWatchSettings settings(LogsReceiver service) {
        return settings(service, LogGroup.named(GROUP), null);
    }

    /** Less patient, for services that let it wait. */
    static CloudWatchSettings impatient(LogsReceiver service) {
        return settings(service, LogGroup.named(GROUP), null, Duration.ofMillis(500));
    }

    /** For answers that are there at once: that one is late says something of the machine alone. */
    static CloudWatchSettings patient(LogsReceiver service) {
        return settings(service, LogGroup.named(GROUP), null, Duration.ofSeconds(30));
    }

    static CloudWatchSettings settings(LogsReceiver service, LogGroup group, @Nullable LogEntity entity) {
        return settings(service, group, entity, Duration.ofSeconds(5));
    }

    private static CloudWatchSettings settings(
            LogsReceiver service, LogGroup group, @Nullable LogEntity entity, Duration attemptTimeout) {
        return new CloudWatchSettings(
                "cloudwatch",
                group,
                StreamName.of(STREAM, Map.of()),
                new Connection("eu-central-1", service.endpoint(), true, attemptTimeout),
                entity);
    }

    static CloudWatchSink sink(CloudWatchSettings settings) {
        return new CloudWatchSink(settings, AS_IT_IS);
    }
}
