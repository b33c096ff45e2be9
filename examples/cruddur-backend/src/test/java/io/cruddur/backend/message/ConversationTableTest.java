package io.cruddur.backend.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.dynamodb.DynamoDbServer;
import io.cruddur.backend.user.User;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What the table's reads ask for: DynamoDB Local answers as if all were consistent, so that its answers show nothing. */
class ConversationTableTest {
    private static final User ANN = new User(UUID.randomUUID(), "ann", "Ann");
    private static final User BOB = new User(UUID.randomUUID(), "bob", "Bob");

    private final List<SdkRequest> requests = new ArrayList<>();

    @Test
    void allReadsAreConsistent() {
        try (var server = new DynamoDbServer();
                DynamoDbClient client = client(server.endpoint())) {
            var table = new ConversationTable(
                    client,
                    DynamoDbEnhancedClient.builder().dynamoDbClient(client).build(),
                    "messages");
            table.createIfMissing();
            UUID group = UUID.randomUUID();
            String time = MessageTime.now();
            table.begin(group, ANN, BOB, "hello", time);
            requests.clear();

            assertThat(table.lastTime(group)).hasValue(time);
            assertThat(table.otherMember(group, ANN.uuid(), time)).hasValue(BOB);
            assertThat(table.newestMessages(group, 10)).hasSize(1);
            assertThat(table.newestGroups(BOB.uuid(), 10)).hasSize(1);

            assertThat(requests)
                    .extracting(ConversationTableTest::consistent)
                    .hasSize(4)
                    .containsOnly(true);
        }
    }

    private static boolean consistent(SdkRequest request) {
        Boolean consistent = request instanceof GetItemRequest get
                ? get.consistentRead()
                : ((QueryRequest) request).consistentRead();
        return Boolean.TRUE.equals(consistent);
    }

    private DynamoDbClient client(String endpoint) {
        var requestsAsSent = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                requests.add(context.request());
            }
        };
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(overrides -> overrides.addExecutionInterceptor(requestsAsSent))
                .build();
    }
}
