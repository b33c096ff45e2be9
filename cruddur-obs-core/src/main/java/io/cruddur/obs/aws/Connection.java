package io.cruddur.obs.aws;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the service is reached. Immutable.
 *
 * @param region the AWS region; null leaves it to the SDK's chain
 * @param endpoint another address than the service's; null for the service
 * @param anonymous sign with meaningless credentials instead of the SDK's chain; for the local console
 * @param attemptTimeout how long one call may take
 */
public record Connection(@Nullable String region, @Nullable URI endpoint, boolean anonymous, Duration attemptTimeout) {}
