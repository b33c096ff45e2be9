package io.cruddur.backend.dynamodb;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The clients of DynamoDB. */
@Configuration(proxyBeanMethods = false)
class DynamoDbConfiguration {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT = Duration.ofSeconds(2);
    /** The embedded one loads its classes with the first call, on a machine that may be busy. */
    private static final Duration ATTEMPT_EMBEDDED = Duration.ofSeconds(20);

    /**
     * A DynamoDB that is down is said soon. Address and credentials are the SDK's own affair, and so is the region, but for
     * {@code AWS_DEFAULT_REGION}, which this SDK does not read.
     */
    @Bean
    DynamoDbClient dynamoDbClient(
            ObjectProvider<DynamoDb.Endpoint> embedded, @Value("${AWS_REGION:${AWS_DEFAULT_REGION:}}") String region) {
        Duration attempt = embedded.getIfAvailable() == null ? ATTEMPT : ATTEMPT_EMBEDDED;
        var builder = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(attempt))
                .overrideConfiguration(
                        limits -> limits.apiCallAttemptTimeout(attempt).apiCallTimeout(attempt.multipliedBy(2)));
        if (!region.isBlank()) {
            builder.region(Region.of(region));
        }
        embedded.ifAvailable(here -> builder.endpointOverride(here.get())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))));
        return builder.build();
    }

    @Bean
    DynamoDbEnhancedClient dynamoDbEnhancedClient(DynamoDbClient client) {
        return DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
    }
}
