package io.cruddur.backend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.obs.console.Console;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A DynamoDB that answers, but not as it is wanted to: who is to blame is in the status. */
class DynamoDbRefusesTest {

    @Test
    void itsRefusalIsOurFaultAndItsTroubleIsNot() throws Exception {
        var dynamoDb = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
        dynamoDb.start();
        answer(dynamoDb, "CreateTable", 400, "ResourceInUseException");
        try (Console console =
                Console.builder().port(0).token(ShutdownUnderLoadTest.TOKEN).start()) {
            Map<String, String> environment = new HashMap<>(ShutdownUnderLoadTest.environment(console.port()));
            environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.baseUrl());
            try (BackendProcess backend = BackendProcess.start(environment)) {
                var client = new Client(backend.port());
                var reader = new ConsoleReader(console.port(), ShutdownUnderLoadTest.TOKEN);
                String[] token = client.as("andrewbrown");

                answer(dynamoDb, "Query", 400, "AccessDeniedException");
                Reply denied = client.get("/api/message_groups", token);
                answer(dynamoDb, "Query", 400, "ValidationException");
                Reply wrong = client.get("/api/message_groups", token);
                answer(dynamoDb, "Query", 400, "ThrottlingException");
                Reply busy = client.get("/api/message_groups", token);
                answer(dynamoDb, "Query", 500, "InternalServerError");
                Reply broken = client.get("/api/message_groups", token);
                dynamoDb.stop();
                Reply down = client.get("/api/message_groups", token);

                assertThat(denied.status()).isEqualTo(500);
                assertThat(denied.body()).doesNotContain("AccessDenied", "Exception");
                assertThat(wrong.status()).isEqualTo(500);
                for (Reply reply : new Reply[] {busy, broken, down}) {
                    assertThat(reply.status() + reply.body()).isEqualTo("503{}");
                    assertThat(reply.headers().firstValue("Retry-After")).hasValue("5");
                }
                for (Reply reply : new Reply[] {denied, busy}) {
                    assertThat(reader.errors(
                                    group -> group.path("traceIds").toString().contains(reply.traceId())))
                            .singleElement()
                            .satisfies(
                                    group -> assertThat(group.path("traceIds").toString())
                                            .containsOnlyOnce(reply.traceId()));
                }
            }
        } finally {
            dynamoDb.stop();
        }
    }

    private static void answer(WireMockServer dynamoDb, String operation, int status, String error) {
        dynamoDb.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("DynamoDB_20120810." + operation))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/x-amz-json-1.0")
                        .withBody("{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + error
                                + "\", \"message\": \"No.\"}")));
    }
}
