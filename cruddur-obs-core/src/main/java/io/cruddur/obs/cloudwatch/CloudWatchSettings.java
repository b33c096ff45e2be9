package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.aws.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Where log events go. Immutable.
 *
 * @param sink the name under which they are counted
 * @param group the log group; created when it is missing
 * @param stream the log stream; created when it is missing
 * @param connection how the service is reached
 * @param entity what the events are about; null leaves it out
 */
public record CloudWatchSettings(
        String sink,
        LogGroup group,
        StreamName stream,
        Connection connection,
        @Nullable LogEntity entity) {}
