package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.aws.AnswerCheck;
import io.cruddur.obs.aws.SdkClients;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.log.LogEncoder;
import io.cruddur.obs.log.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.Entity;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Sends log records to a stream of CloudWatch Logs. Used by one thread, its pipeline's. */
public final class CloudWatchSink implements Sink<LogRecord, EncodedRecord> {
    /** The service's own limits: 1 MiB and 10,000 events a call, 26 bytes an event, 24 hours. */
    private static final BatchLimits LIMITS =
            new BatchLimits(10_000, 1_048_576, 26, Duration.ofHours(24), Duration.ofSeconds(1));

    private static final AnswerCheck CHECK = new AnswerCheck(
            "PutLogEvents", List.of("nextSequenceToken", "rejectedLogEventsInfo", "rejectedEntityInfo"), true);

    private final CloudWatchSettings settings;
    private final LogEncoder encoder;
    private final Clock clock;
    private final Answers answers;
    private final Provisioning provisioning;
    private final EntityField entity;
    private @Nullable CloudWatchLogsClient client;

    /** A sink for the given stream; the client is built with the first batch, on the sink's own thread. */
    public CloudWatchSink(CloudWatchSettings settings, LogEncoder encoder) {
        this(settings, encoder, Clock.systemUTC());
    }

    CloudWatchSink(CloudWatchSettings settings, LogEncoder encoder, Clock clock) {
        this.settings = settings;
        this.encoder = encoder;
        this.clock = clock;
        this.answers = new Answers(settings.group().name());
        this.provisioning = new Provisioning(settings.group());
        this.entity = new EntityField(settings.sink(), settings.entity());
    }

    @Override
    public String name() {
        return settings.sink();
    }

    @Override
    public Duration attemptTimeout() {
        return settings.connection().attemptTimeout();
    }

    @Override
    public BatchLimits limits() {
        return LIMITS;
    }

    @Override
    public void encode(LogRecord record, Consumer<EncodedRecord> out) {
        encoder.encode(record, Outgoing.MAX_EVENT_BYTES, out);
    }

    @Override
    public Answer send(List<EncodedRecord> batch) {
        long now = clock.millis();
        var outgoing = new Outgoing(batch, now);
        if (outgoing.events().isEmpty()) {
            return outgoing.taken();
        }
        String stream = settings.stream().at(now);
        Answer answer = attempt(stream, outgoing);
        if (answer instanceof Answer.Refused refused && entity.value() != null) {
            return withoutEntity(stream, outgoing, refused);
        }
        return answer;
    }

    private Answer attempt(String stream, Outgoing outgoing) {
        try {
            return put(stream, outgoing, entity.value());
        } catch (ResourceNotFoundException e) {
            return createAndPut(stream, outgoing);
        } catch (RuntimeException e) {
            return failed(outgoing, e);
        }
    }

    private Answer createAndPut(String stream, Outgoing outgoing) {
        try {
            provisioning.create(client(), stream);
        } catch (RuntimeException e) {
            return answers.ofCreation(e);
        }
        try {
            return put(stream, outgoing, entity.value());
        } catch (RuntimeException e) {
            return failed(outgoing, e);
        }
    }

    /** An entity that the service has no error of its own for must not cost the events: they are tried without it. */
    private Answer withoutEntity(String stream, Outgoing outgoing, Answer.Refused refused) {
        try {
            Answer answer = put(stream, outgoing, null);
            entity.leaveOut(refused.reason());
            return answer;
        } catch (RuntimeException e) {
            return failed(outgoing, e);
        }
    }

    private Answer put(String stream, Outgoing outgoing, @Nullable Entity about) {
        PutLogEventsResponse response = client().putLogEvents(PutLogEventsRequest.builder()
                .logGroupName(settings.group().name())
                .logStreamName(stream)
                .logEvents(outgoing.events())
                .entity(about)
                .build());
        entity.taken(response);
        provisioning.retain(client());
        return outgoing.taken(response);
    }

    private Answer failed(Outgoing outgoing, RuntimeException failure) {
        Answer answer = answers.of(failure);
        return answer == Answer.DELIVERED ? outgoing.taken() : answer;
    }

    private CloudWatchLogsClient client() {
        CloudWatchLogsClient present = client;
        if (present == null) {
            client = present = SdkClients.build(CloudWatchLogsClient.builder(), settings.connection(), CHECK);
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
