package io.cruddur.obs.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Builds the SDK's clients, with time limits and without their own retries: the pipeline retries, and counts. */
public final class SdkClients {
    private SdkClients() {}

    /** A client of the builder's kind. Opens no connection. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, Connection connection, AnswerCheck check) {
        Duration attempt = connection.attemptTimeout();
        builder.httpClientBuilder(UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(attempt));
        builder.overrideConfiguration(configuration -> configuration
                .apiCallTimeout(attempt.multipliedBy(2))
                .apiCallAttemptTimeout(attempt)
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                // After the SDK's own timer: then it is the one that closes the connection.
                .addExecutionInterceptor(check.within(attempt.multipliedBy(5).dividedBy(4))));
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
