package io.cruddur.backend.dynamodb;

import java.net.URI;
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
    /** The SDK signs with something in any case; DynamoDB Local does not look at it. */
    private static final StaticCredentialsProvider ANY_KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /**
     * A DynamoDB that is down is said soon. Credentials are the SDK's own affair, and so is the region, but for
     * {@code AWS_DEFAULT_REGION}, which this SDK does not read. Without keys, what is spoken to in plain HTTP is a DynamoDB
     * Local: the service has TLS.
     */
    @Bean
    DynamoDbClient dynamoDbClient(
            ObjectProvider<DynamoDb.Endpoint> embedded,
            @Value("${cruddur.dynamodb.endpoint}") String endpoint,
            @Value("${AWS_ACCESS_KEY_ID:}") String key,
            @Value("${AWS_REGION:${AWS_DEFAULT_REGION:}}") String region) {
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
        if (!endpoint.isBlank() && !endpoint.equals(DynamoDb.EMBEDDED)) {
            builder.endpointOverride(URI.create(endpoint));
        }
        if (endpoint.startsWith("http://") && key.isBlank()) {
            builder.credentialsProvider(ANY_KEYS);
            if (region.isBlank()) {
                builder.region(Region.US_EAST_1);
            }
        }
        embedded.ifAvailable(here ->
                builder.endpointOverride(here.get()).region(Region.US_EAST_1).credentialsProvider(ANY_KEYS));
        return builder.build();
    }

    @Bean
    DynamoDbEnhancedClient dynamoDbEnhancedClient(DynamoDbClient client) {
        return DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
    }
}
