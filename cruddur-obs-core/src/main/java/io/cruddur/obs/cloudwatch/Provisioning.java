package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.aws.ErrorWords;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Creates what is missing, and has the group keep events as long as was asked for. Used by one thread, the sink's. */
final class Provisioning {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
    /** The service takes five of these calls a second from a whole account. */
    private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LogGroup group;
    private boolean retentionDue;
    private long nextRetentionNanos = System.nanoTime();

    Provisioning(LogGroup group) {
        this.group = group;
        this.retentionDue = group.retentionDays() != null;
    }

    /** The stream first: where somebody else makes the group, we need not be allowed to. */
    void create(CloudWatchLogsClient client, String stream) {
        try {
            createStream(client, stream);
        } catch (ResourceNotFoundException e) {
            createGroup(client);
            createStream(client, stream);
        }
    }

    private void createStream(CloudWatchLogsClient client, String stream) {
        try {
            client.createLogStream(request -> request.logGroupName(group.name()).logStreamName(stream));
        } catch (ResourceAlreadyExistsException e) {
            // Another instance was first, or an attempt of ours whose answer was lost.
        }
    }

    private void createGroup(CloudWatchLogsClient client) {
        try {
            createTagged(client);
            retentionDue = group.retentionDays() != null;
            nextRetentionNanos = System.nanoTime();
        } catch (ResourceAlreadyExistsException e) {
            // Another instance was first.
        }
    }

    /** A group that we may create and not tag is better than none. */
    private void createTagged(CloudWatchLogsClient client) {
        try {
            client.createLogGroup(request(group.tags()));
        } catch (AwsServiceException e) {
            if (group.tags().isEmpty() || !ErrorWords.isAboutCredentials(ErrorCodes.of(e))) {
                throw e;
            }
            client.createLogGroup(request(Map.of()));
            LOG.warn(
                    "The log group {} was created without its tags ({}). Allow logs:TagResource, or tag it yourself.",
                    group.name(),
                    ErrorCodes.of(e));
        }
    }

    /** What is as it would be by itself is left out; the service does not take an empty set of tags. */
    private CreateLogGroupRequest request(Map<String, String> tags) {
        return CreateLogGroupRequest.builder()
                .logGroupName(group.name())
                .logGroupClass(
                        group.logClass() == LogClass.STANDARD
                                ? null
                                : group.logClass().name())
                .tags(tags.isEmpty() ? null : tags)
                .build();
    }

    /** Asks for the retention if that is still to be done. Logs do not wait for it, nor stop when it is refused. */
    void retain(CloudWatchLogsClient client) {
        if (!retentionDue || System.nanoTime() - nextRetentionNanos < 0) {
            return;
        }
        try {
            client.putRetentionPolicy(
                    request -> request.logGroupName(group.name()).retentionInDays(group.retentionDays()));
            retentionDue = false;
        } catch (AwsServiceException e) {
            String code = ErrorCodes.of(e);
            boolean forGood = ErrorWords.isAboutCredentials(code) || ErrorWords.isAboutTheCall(code);
            if (forGood) {
                retentionDue = false;
                LOG.warn(
                        "The log group {} does not keep events for {} days as it should ({}). Allow "
                                + "logs:PutRetentionPolicy on it, or set its retention yourself. Logs are sent all the same.",
                        group.name(),
                        group.retentionDays(),
                        code);
            } else {
                later();
            }
        } catch (RuntimeException e) {
            later();
        }
    }

    private void later() {
        nextRetentionNanos = System.nanoTime() + RETRY_NANOS;
    }
}
