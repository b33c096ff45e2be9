package io.cruddur.obs.awssdk;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.interceptors.TracingInterceptor;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.xray.sdk.JdkAsyncClient;
import io.cruddur.obs.xray.sdk.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** What X-Ray is told of calls to AWS whose clients know nothing of it, over real sockets. */
@Timeout(60)
class AwsSdkTracingTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private static DynamoDbClient dynamo(URI address, Consumer<ClientOverrideConfiguration.Builder> configuration) {
        return DynamoDbClient.builder()
                .endpointOverride(address)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration)
                .build();
    }

    private static DynamoDbClient dynamo(URI address) {
        return dynamo(address, once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    private static PutItemRequest crud() {
        return PutItemRequest.builder()
                .tableName("cruds")
                .item(Map.of("id", AttributeValue.fromS("the-secret-item")))
                .build();
    }

    private static String header(CapturedSpan call) {
        return "Root=" + call.traceId() + ";Parent=" + call.id() + ";Sampled=1";
    }

    @Test
    void aCallIsAChildAndTellsTheServiceWhoCalled() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address())) {
            telemetry.obs().trace("request").run(() -> {
                client.putItem(crud());
                telemetry.obs().trace("after").run(() -> {});
            });
            assertThat(telemetry.trace()).hasToString("request(DynamoDb, after)");
            CapturedSpan call = telemetry.trace().children().get(0);
            var document = call.document();
            assertThat(document.path("namespace").asString()).isEqualTo("aws");
            assertThat(document.at("/aws/operation").asString()).isEqualTo("PutItem");
            assertThat(document.at("/aws/region").asString()).isEqualTo("eu-central-1");
            assertThat(document.at("/aws/table_name").asString()).isEqualTo("cruds");
            assertThat(document.at("/aws/request_id").asString()).isEqualTo("request-1");
            assertThat(document.at("/aws/retries").asInt(-1)).isZero();
            assertThat(document.at("/http/response/status").asInt()).isEqualTo(200);
            assertThat(document.at("/http/response/content_length").asInt()).isEqualTo(2);
            assertThat(document.toString()).doesNotContain("the-secret-item");
            assertThat(service.traceHeaders()).containsExactly(header(call));
        }
    }

    @Test
    void callsThatAnswerOnOtherThreadsAreChildrenOfWhoCalled() throws Exception {
        try (var service = new Loopback(200, "{}");
                DynamoDbAsyncClient client = async(service.address())) {
            telemetry.obs().trace("request").run(() -> {
                var first = client.putItem(crud());
                var second = client.putItem(crud());
                telemetry.obs().trace("meanwhile").run(() -> {});
                first.get(30, TimeUnit.SECONDS);
                second.get(30, TimeUnit.SECONDS);
            });
            assertThat(telemetry.trace()).hasToString("request(DynamoDb, DynamoDb, meanwhile)");
            assertThat(service.traceHeaders())
                    .containsExactlyInAnyOrder(
                            header(telemetry.trace().children().get(0)),
                            header(telemetry.trace().children().get(1)));
        }
    }

    private static DynamoDbAsyncClient async(URI address) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(address)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(new JdkAsyncClient())
                .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Test
    void attemptsAreOneSpanThatSaysHowManyThereWere() throws IOException {
        try (var service = new Loopback("{}", 500, 503, 200);
                DynamoDbClient client = dynamo(
                        service.address(),
                        retrying -> retrying.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))) {
            telemetry.obs().trace("request").run(() -> {
                client.putItem(crud());
            });
            CapturedSpan call = telemetry.trace().children().get(0);
            assertThat(telemetry.trace().children()).hasSize(1);
            assertThat(call).isOk().hasStatus(200);
            assertThat(call.document().at("/aws/retries").asInt()).isEqualTo(2);
            assertThat(service.traceHeaders()).hasSize(3).containsOnly(header(call));
        }
    }

    @Test
    void aCallThatIsThrottledIsAnErrorOfTheCallersAndNoFault() throws IOException {
        String answer =
                "{\"__type\":\"com.amazonaws.dynamodb#ProvisionedThroughputExceededException\",\"message\":\"slow\"}";
        try (var service = new Loopback(400, answer);
                DynamoDbClient client = dynamo(service.address())) {
            telemetry
                    .obs()
                    .trace("request")
                    .run(() -> assertThatThrownBy(() -> client.putItem(crud())).isInstanceOf(DynamoDbException.class));
        }
        CapturedSpan call = telemetry.trace().children().get(0);
        assertThat(call).isError().hasStatus(400);
        assertThat(call.isFault()).isFalse();
        assertThat(call.document().path("throttle").asBoolean()).isTrue();
        assertThat(call.document().at("/aws/request_id").asString()).isEqualTo("request-1");
        assertThat(call.exceptionTypes()).hasSize(1).first().asString().endsWith("ThroughputExceededException");
    }

    @Test
    void aServiceThatFailsAndOneThatNobodyReachesAreFaults() throws Exception {
        URI nobody;
        try (var service = new Loopback(500, "{}");
                DynamoDbClient client = dynamo(service.address());
                DynamoDbAsyncClient async = async(service.address())) {
            telemetry.obs().trace("request").run(() -> {
                assertThatThrownBy(() -> client.putItem(crud())).isInstanceOf(DynamoDbException.class);
                assertThatThrownBy(() -> async.putItem(crud()).get(30, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class);
            });
            nobody = service.address();
        }
        try (DynamoDbClient client = dynamo(nobody)) {
            telemetry
                    .obs()
                    .trace("later")
                    .run(() -> assertThatThrownBy(() -> client.putItem(crud())).isInstanceOf(SdkClientException.class));
        }
        List<CapturedSpan> roots = telemetry.traces().roots();
        assertThat(roots.get(0).children())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call)
                        .isFault()
                        .failedWith(DynamoDbException.class)
                        .hasStatus(500));
        assertThat(roots.get(1).children())
                .hasSize(1)
                .allSatisfy(call -> assertThat(call).isFault().failedWith(SdkClientException.class));
    }

    @Test
    void aBatchNamesItsTables() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address())) {
            var keys = KeysAndAttributes.builder()
                    .keys(Map.of("id", AttributeValue.fromS("the-secret-item")))
                    .build();
            telemetry.obs().trace("request").run(() -> {
                client.batchGetItem(BatchGetItemRequest.builder()
                        .requestItems(Map.of("cruds", keys))
                        .build());
            });
        }
        var document = telemetry.trace().children().get(0).document();
        assertThat(document.at("/aws/resource_names/0").asString()).isEqualTo("cruds");
        assertThat(document.toString()).doesNotContain("the-secret-item");
    }

    @Test
    void aCallThatTheXraySdkRecordsIsLeftToIt() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client =
                        dynamo(service.address(), theirs -> theirs.addExecutionInterceptor(new TracingInterceptor()))) {
            telemetry.obs().trace("request").run(() -> {
                client.putItem(crud());
            });
            assertThat(telemetry.trace()).hasToString("request(DynamoDb)");
            assertThat(service.traceHeaders())
                    .containsExactly(header(telemetry.trace().children().get(0)));
        }
    }

    @Test
    void oneThatIsPutInByHandAsWellRecordsACallOnce() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client =
                        dynamo(service.address(), twice -> twice.addExecutionInterceptor(new AwsSdkTracing()))) {
            telemetry.obs().trace("request").run(() -> {
                client.putItem(crud());
            });
        }
        assertThat(telemetry.trace()).hasToString("request(DynamoDb)");
    }

    @Test
    void whereNothingIsTracedOrItIsSwitchedOffNothingIsRecordedOrSaid() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address())) {
            client.putItem(crud());
            assertThat(telemetry.documents()).isEmpty();
            AwsSdkTracing.enabled(false);
            try {
                telemetry.obs().trace("request").run(() -> {
                    client.putItem(crud());
                });
            } finally {
                AwsSdkTracing.enabled(true);
            }
            assertThat(telemetry.trace()).hasToString("request");
            assertThat(service.traceHeaders()).containsExactly("none", "none");
        }
    }

    /** As where another library says that nothing is current. */
    @Test
    void whereWhatIsCurrentIsHiddenTheServiceIsToldNothing() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address())) {
            telemetry.obs().trace("request").run(() -> {
                Tracer tracer = Objects.requireNonNull(
                        Objects.requireNonNull(Frame.current()).tracer());
                Frame hidden = tracer.enterNothing();
                client.putItem(crud());
                tracer.leave(hidden);
            });
            assertThat(telemetry.trace()).hasToString("request");
            assertThat(service.traceHeaders()).containsExactly("none");
        }
    }

    @Test
    void inATraceThatIsNotRecordedTheServiceIsToldSo() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address());
                Obs unsampled = Obs.builder()
                        .sampler(Sampler.never())
                        .segmentDocuments(document -> {
                            throw new AssertionError("was sent");
                        })
                        .build()) {
            String trace = unsampled.trace("request").call(span -> {
                client.putItem(crud());
                return span.context().xrayTraceId();
            });
            assertThat(service.traceHeaders())
                    .hasSize(1)
                    .allSatisfy(header ->
                            assertThat(header).startsWith("Root=" + trace).endsWith("Sampled=0"));
        }
    }

    /** The appender is called inside a trace; what delivers its lines is none of that trace's. */
    @Test
    void theClientsThatDeliverWhatIsRecordedAreNotTraced() throws IOException {
        var documents = new ConcurrentLinkedQueue<String>();
        try (var logs = new LogsReceiver();
                Obs shipping = Obs.builder()
                        .service("shipping")
                        .segmentDocuments(document -> documents.add(new String(document, StandardCharsets.UTF_8)))
                        .cloudWatchEndpoint(logs.endpoint())
                        .region("eu-central-1")
                        .anonymousAws(true)
                        .logGroup("shipping")
                        .closeOnShutdown(false)
                        .build()) {
            shipping.trace("request").run(() -> {
                LoggerFactory.getLogger("shipped").info("a line");
                assertThat(shipping.flush(Duration.ofSeconds(20)).isBalanced()).isTrue();
            });
            assertThat(shipping.flush(Duration.ofSeconds(20)).isComplete()).isTrue();
            assertThat(logs.events()).isNotEmpty();
        }
        assertThat(documents).allSatisfy(document -> assertThat(document).doesNotContain("subsegment"));
        // Word that the request goes on is sent as well, where the first delivery takes long.
        assertThat(documents)
                .filteredOn(document -> !document.contains("\"in_progress\""))
                .hasSize(1);
    }
}
