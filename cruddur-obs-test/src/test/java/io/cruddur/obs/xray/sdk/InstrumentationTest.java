package io.cruddur.obs.xray.sdk;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.interceptors.TracingInterceptor;
import com.amazonaws.xray.proxies.apache.http.HttpClientBuilder;
import com.amazonaws.xray.sql.TracingDataSource;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.util.EntityUtils;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The SDK's own instrumentation, as it is published, over a real database and real sockets. */
@Timeout(60)
class InstrumentationTest {
    private static final Predicate<String> HEADER =
            header -> header.matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]");

    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private static TracingDataSource database() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:bridge");
        h2.setUser("cruddur");
        return new TracingDataSource(h2);
    }

    private static void query(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static DynamoDbClient dynamo(URI address) {
        return DynamoDbClient.builder()
                .endpointOverride(address)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(traced())
                .build();
    }

    @SuppressWarnings("deprecation") // the way that every version of the AWS SDK knows
    private static ClientOverrideConfiguration traced() {
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(new TracingInterceptor())
                .retryPolicy(RetryPolicy.none())
                .build();
    }

    static PutItemRequest crud() {
        return PutItemRequest.builder()
                .tableName("cruds")
                .item(Map.of("id", AttributeValue.fromS("1")))
                .build();
    }

    @Test
    void aQueryIsAChildWithTheDatabasesFacts() throws SQLException {
        telemetry.obs().trace("request").run(() -> query("select 1"));
        CapturedSpan request = telemetry.trace();
        assertThat(request.children()).hasSize(1);
        var sql = request.children().get(0).document().path("sql");
        assertThat(request.children().get(0).document().path("namespace").asString())
                .isEqualTo("remote");
        assertThat(sql.path("url").asString()).isEqualTo("jdbc:h2:mem:bridge");
        assertThat(sql.path("user").asString()).isEqualTo("CRUDDUR");
        assertThat(sql.path("database_type").asString()).isEqualTo("H2");
        assertThat(sql.path("driver_version").asString()).isNotEmpty();
        assertThat(sql.path("database_version").asString()).isNotEmpty();
    }

    @Test
    void aQueryThatFailsIsAFaultAndItsExceptionReachesTheCaller() {
        telemetry
                .obs()
                .trace("request")
                .run(() -> assertThatThrownBy(() -> query("no such statement")).isInstanceOf(SQLException.class));
        CapturedSpan query = telemetry.trace().children().get(0);
        assertThat(query.isFault()).isTrue();
        assertThat(query.exceptionTypes().get(0)).contains("SQLSyntaxError");
    }

    @Test
    void aCallToAwsIsAChildAndTellsTheServiceWhoCalled() throws IOException {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address())) {
            telemetry.obs().trace("request").run(() -> {
                client.putItem(crud());
                assertThat(AWSXRay.getCurrentSubsegmentOptional()).isEmpty();
                telemetry.obs().trace("after").run(() -> {});
            });
            CapturedSpan call = telemetry.trace().children().get(0);
            assertThat(telemetry.trace()).hasToString("request(DynamoDb, after)");
            var document = call.document();
            assertThat(document.path("namespace").asString()).isEqualTo("aws");
            assertThat(document.at("/aws/operation").asString()).isEqualTo("PutItem");
            assertThat(document.at("/aws/region").asString()).isEqualTo("eu-central-1");
            assertThat(document.at("/aws/table_name").asString()).isEqualTo("cruds");
            assertThat(document.at("/aws/request_id").asString()).isEqualTo("request-1");
            assertThat(document.at("/aws/retries").asInt()).isZero();
            assertThat(document.at("/http/response/status").asInt()).isEqualTo(200);
            assertThat(service.traceHeaders())
                    .containsExactly("Root=" + call.traceId() + ";Parent=" + call.id() + ";Sampled=1");
        }
    }

    @Test
    void aCallToAwsThatAnswersOnAnotherThreadIsAChildAllTheSame() throws Exception {
        try (var service = new Loopback(200, "{}");
                DynamoDbAsyncClient client = DynamoDbAsyncClient.builder()
                        .endpointOverride(service.address())
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(AnonymousCredentialsProvider.create())
                        .httpClient(new JdkAsyncClient())
                        .overrideConfiguration(traced())
                        .build()) {
            AWSXRay.beginSegment("legacy");
            var first = client.putItem(crud());
            var second = client.putItem(crud());
            telemetry.obs().trace("meanwhile").run(() -> {});
            assertThat(first.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(second.get(30, TimeUnit.SECONDS)).isNotNull();
            AWSXRay.endSegment();
            assertThat(telemetry.trace().children())
                    .extracting(CapturedSpan::name)
                    .containsExactly("DynamoDb", "DynamoDb", "meanwhile");
            assertThat(service.traceHeaders()).hasSize(2).allMatch(HEADER).doesNotHaveDuplicates();
        }
    }

    @Test
    void aCallToAwsThatIsThrottledIsAnErrorOfTheCallersAndNoFault() throws IOException {
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
        assertThat(call.isFault()).isFalse();
        assertThat(call.isError()).isTrue();
        assertThat(call.document().path("throttle").asBoolean()).isTrue();
        assertThat(call.exceptionTypes().get(0)).endsWith("ProvisionedThroughputExceededException");
    }

    @Test
    void aCallByApacheHttpClientIsAChildAndTellsTheServiceWhoCalled() throws IOException {
        try (var service = new Loopback(503, "busy");
                var client = HttpClientBuilder.create().build()) {
            telemetry.obs().trace("request").call(() -> {
                try (CloseableHttpResponse answer =
                        client.execute(new HttpGet(service.address() + "/cruds?token=abc"))) {
                    return EntityUtils.toString(answer.getEntity());
                }
            });
            CapturedSpan call = telemetry.trace().children().get(0);
            var document = call.document();
            assertThat(call.name()).isEqualTo("127.0.0.1");
            assertThat(document.path("namespace").asString()).isEqualTo("remote");
            assertThat(document.at("/http/request/method").asString()).isEqualTo("GET");
            assertThat(document.at("/http/request/url").asString()).isEqualTo(service.address() + "/cruds?token=");
            assertThat(document.at("/http/response/status").asInt()).isEqualTo(503);
            assertThat(document.at("/http/response/content_length").asInt()).isEqualTo(4);
            assertThat(call.isFault()).isTrue();
            assertThat(service.traceHeaders())
                    .containsExactly("Root=" + call.traceId() + ";Parent=" + call.id() + ";Sampled=1");
        }
    }

    @Test
    void whereNothingIsTracedItWorksAsIfItWereNotThere() throws Exception {
        query("select 1");
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address());
                var http = HttpClientBuilder.create().build()) {
            client.putItem(crud());
            http.execute(new HttpGet(service.address())).close();
            assertThat(service.traceHeaders()).containsExactly("none", "none");
        }
        assertThat(telemetry.documents()).isEmpty();
    }

    @Test
    void anUnsampledTraceRecordsNothingAndTellsTheServiceSo() throws Exception {
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address());
                var http = HttpClientBuilder.create().build();
                Obs unsampled = Obs.builder()
                        .sampler(Sampler.never())
                        .segmentDocuments(document -> {
                            throw new AssertionError("was sent");
                        })
                        .build()) {
            String trace = unsampled.trace("request").call(span -> {
                client.putItem(crud());
                http.execute(new HttpGet(service.address())).close();
                query("select 1");
                return span.context().xrayTraceId();
            });
            assertThat(service.traceHeaders())
                    .hasSize(2)
                    .allMatch(HEADER)
                    .allMatch(header -> header.startsWith("Root=" + trace) && header.endsWith("Sampled=0"));
            assertThat(unsampled.report().sinks().get(0).accepted()).isZero();
        }
    }

    interface Pages {
        @Traced("page")
        void render();
    }

    /** The whole of it: their segment, their JDBC, our span, their AWS SDK, our annotation, each where it belongs. */
    @Test
    void oneRequestThroughAllOfThemIsOneTree() throws Exception {
        Pages pages = telemetry.obs().traced(Pages.class, () -> {});
        try (var service = new Loopback(200, "{}");
                DynamoDbClient client = dynamo(service.address())) {
            AWSXRay.createSegment("backend", () -> {
                AWSXRay.createSubsegment(
                        "handler",
                        () -> telemetry.obs().trace("feed").run(() -> {
                            client.putItem(crud());
                            AWSXRay.createSubsegment("render", pages::render);
                        }));
                telemetry.obs().trace("save").run(() -> queryQuietly("select 1"));
            });
        }
        CapturedSpan backend = telemetry.trace();
        String database = backend.children().get(1).children().get(0).name();
        assertThat(backend).hasToString("backend(handler(feed(DynamoDb, render(page))), save(" + database + "))");
        assertThat(List.of(backend.document().path("fault").asBoolean(false))).containsExactly(false);
    }

    private static void queryQuietly(String sql) {
        try {
            query(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
