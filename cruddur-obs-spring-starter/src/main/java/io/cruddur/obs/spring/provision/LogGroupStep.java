package io.cruddur.obs.spring.provision;

import io.cruddur.obs.cloudwatch.LogClass;
import io.cruddur.obs.spring.ObsProperties;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;

/** The log group, with the class, the tags and the retention that the properties have for a new one. */
record LogGroupStep(Supplier<CloudWatchLogsClient> client, String name, ObsProperties.Logs properties) implements Step {

    @Override
    public String what() {
        return "the log group " + name;
    }

    @Override
    public String permissions() {
        return "logs:CreateLogGroup, logs:PutRetentionPolicy and, for tags, logs:TagResource";
    }

    @Override
    public String apply() {
        try (CloudWatchLogsClient logs = client.get()) {
            try {
                logs.createLogGroup(this::describe);
            } catch (ResourceAlreadyExistsException there) {
                return "is there";
            }
            Integer days = properties.retentionDays();
            if (days == null) {
                return "created; it keeps its events for ever, unless cruddur.obs.logs.retention-days is set";
            }
            logs.putRetentionPolicy(request -> request.logGroupName(name).retentionInDays(days));
            return "created, with " + days + " days of retention";
        }
    }

    /** What is as it would be by itself is left out. */
    private void describe(CreateLogGroupRequest.Builder request) {
        request.logGroupName(name);
        if (properties.logClass() != LogClass.STANDARD) {
            request.logGroupClass(properties.logClass().name());
        }
        if (!properties.tags().isEmpty()) {
            request.tags(properties.tags());
        }
    }
}
