package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.log.LogEncoder;
import io.cruddur.obs.log.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Sends log records to a stream of CloudWatch Logs, each as one line of JSON. */
public final class CloudWatchSink implements Sink<LogRecord, EncodedRecord> {
    /** The service's own limits: 1 MiB and 10,000 events a call, 26 bytes an event, 24 hours. */
    private static final BatchLimits LIMITS =
            new BatchLimits(10_000, 1_048_576, 26, Duration.ofHours(24), Duration.ofSeconds(1));

    private static final int MAX_EVENT = 1_048_550;

    private final CloudWatchSettings settings;
    private final LogEncoder encoder;
    private @Nullable CloudWatchLogsClient client;

    /** A sink for the given stream; the client is built with the first batch, on the sink's own thread. */
    public CloudWatchSink(CloudWatchSettings settings, LogEncoder encoder) {
        this.settings = settings;
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return "cloudwatch";
    }

    @Override
    public BatchLimits limits() {
        return LIMITS;
    }

    @Override
    public void encode(LogRecord record, Consumer<EncodedRecord> out) {
        encoder.encode(record, MAX_EVENT, out);
    }

    @Override
    public Answer send(List<EncodedRecord> batch) {
        List<InputLogEvent> events = batch.stream()
                .map(line -> InputLogEvent.builder()
                        .timestamp(line.timestampMillis())
                        .message(new String(line.bytes(), StandardCharsets.UTF_8))
                        .build())
                .toList();
        try {
            return put(events);
        } catch (ResourceNotFoundException e) {
            return createAndPut(events);
        } catch (RuntimeException e) {
            return Answers.of(e);
        }
    }

    private Answer createAndPut(List<InputLogEvent> events) {
        try {
            create();
        } catch (RuntimeException e) {
            return Answers.ofCreation(e);
        }
        try {
            return put(events);
        } catch (RuntimeException e) {
            return Answers.of(e);
        }
    }

    private Answer put(List<InputLogEvent> events) {
        PutLogEventsResponse response = client().putLogEvents(request -> request.logGroupName(settings.group())
                .logStreamName(settings.stream())
                .logEvents(events));
        return Answers.of(response, events.size());
    }

    private void create() {
        try {
            client().createLogGroup(request -> request.logGroupName(settings.group()));
        } catch (ResourceAlreadyExistsException e) {
            // Only the stream was missing, or another instance was first.
        }
        try {
            client().createLogStream(
                            request -> request.logGroupName(settings.group()).logStreamName(settings.stream()));
        } catch (ResourceAlreadyExistsException e) {
            // Another thread of work was first.
        }
    }

    private CloudWatchLogsClient client() {
        CloudWatchLogsClient present = client;
        if (present == null) {
            client = present = Clients.build(settings);
        }
        return present;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
