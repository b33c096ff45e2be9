package io.cruddur.backend.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;

/** Which keys go where. That a DynamoDB Local takes them is the image's test. */
class DynamoDbConfigurationTest {
    private static final String LOCAL = "http://dynamodb-local:8000";
    private static final String SERVICE = "https://dynamodb.us-east-1.amazonaws.com";

    @Test
    void aDynamoDbLocalNeedsNeitherKeysNorARegion() {
        with(LOCAL, "", "", client -> {
            assertThat(client.endpointOverride())
                    .hasValueSatisfying(uri -> assertThat(uri).hasToString(LOCAL));
            assertThat(client.region()).isEqualTo(Region.US_EAST_1);
            assertThat(client.credentialsProvider()).isInstanceOf(StaticCredentialsProvider.class);
        });
    }

    @Test
    void keysThatAreSetAndARegionThatIsSetAreUsed() {
        with(LOCAL, "none", "eu-central-1", client -> {
            assertThat(client.region()).isEqualTo(Region.EU_CENTRAL_1);
            assertThat(client.credentialsProvider()).isNotInstanceOf(StaticCredentialsProvider.class);
        });
        with(LOCAL, "", "eu-central-1", client -> assertThat(client.region()).isEqualTo(Region.EU_CENTRAL_1));
    }

    /** Where keys of a role or of a profile may be the right ones. */
    @Test
    void theServiceNeverGetsKeysThatAreMadeUp() {
        with(SERVICE, "", "us-east-1", client -> {
            assertThat(client.endpointOverride())
                    .hasValueSatisfying(uri -> assertThat(uri).hasToString(SERVICE));
            assertThat(client.credentialsProvider()).isNotInstanceOf(StaticCredentialsProvider.class);
        });
    }

    private static void with(
            String endpoint, String key, String region, Consumer<DynamoDbServiceClientConfiguration> look) {
        new ApplicationContextRunner()
                .withUserConfiguration(DynamoDbConfiguration.class)
                .withPropertyValues(
                        "cruddur.dynamodb.endpoint=" + endpoint, "AWS_ACCESS_KEY_ID=" + key, "AWS_REGION=" + region)
                .run(context ->
                        look.accept(context.getBean(DynamoDbClient.class).serviceClientConfiguration()));
    }
}
