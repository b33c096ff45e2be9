package io.cruddur.obs.cloudwatch;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClientBuilder;

/** Builds the SDK's client, with time limits and without its own retries: the pipeline retries, and counts. */
final class Clients {
    private Clients() {}

    static CloudWatchLogsClient build(Connection connection) {
        Duration attempt = connection.attemptTimeout();
        CloudWatchLogsClientBuilder builder = CloudWatchLogsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(attempt))
                .overrideConfiguration(configuration -> configuration
                        .apiCallTimeout(attempt.multipliedBy(2))
                        .apiCallAttemptTimeout(attempt)
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new AnswerCheck()));
        if (connection.region() != null) {
            builder.region(Region.of(connection.region()));
        }
        if (connection.endpoint() != null) {
            builder.endpointOverride(connection.endpoint());
        }
        if (connection.anonymous()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
        }
        return builder.build();
    }
}
