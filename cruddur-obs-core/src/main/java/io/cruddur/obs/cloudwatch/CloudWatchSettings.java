package io.cruddur.obs.cloudwatch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where log events go.
 *
 * @param group the log group; created when it is missing
 * @param stream the log stream; created when it is missing
 * @param region the AWS region; null leaves it to the SDK's chain
 * @param endpoint another address than the service's; null for the service
 * @param anonymous sign with meaningless credentials instead of the SDK's chain; for the local console
 */
public record CloudWatchSettings(
        String group,
        String stream,
        @Nullable String region,
        @Nullable URI endpoint,
        boolean anonymous) {

    /**
     * Checks the names against the service's rules.
     *
     * @throws IllegalArgumentException naming the rule that is broken
     */
    public CloudWatchSettings {
        if (!group.matches("[A-Za-z0-9_\\-/.#]{1,512}") || group.startsWith("aws/")) {
            throw new IllegalArgumentException("The log group '" + group
                    + "' is not valid: 1 to 512 letters, digits and _ - / . #, not beginning with aws/.");
        }
        if (!stream.matches("[^:*]{1,512}")) {
            throw new IllegalArgumentException(
                    "The log stream '" + stream + "' is not valid: 1 to 512 characters without : and *.");
        }
    }
}
