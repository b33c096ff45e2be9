package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import io.cruddur.obs.aws.platform.Platform;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanIds;
import io.cruddur.obs.trace.SqlCall;
import io.cruddur.obs.xray.Recording.Node;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every word that a document may have. */
class VocabularyTest {
    private static final HttpRequest REQUEST = new HttpRequest("GET", "http://h/p", "10.0.0.1", "curl", true);
    private static final AwsCall PUT_ITEM = AwsCall.of("PutItem")
            .withRegion("ca-central-1")
            .withAccountId("123456789012")
            .withRequestId("R1")
            .withTableName("activities")
            .withQueueUrl("https://sqs/q")
            .withResourceNames(List.of("arn:one", "arn:two"))
            .withRetries(2);
    private static final SqlCall SELECT = new SqlCall(
            "jdbc:postgresql://h/db",
            "select * from t where id = ?",
            "PostgreSQL",
            "17",
            "42.7",
            "u".repeat(300),
            "statement");

    private final Recording recording = new Recording();

    private JsonNode only() throws IOException {
        return only(SegmentSettings.NONE);
    }

    private JsonNode only(SegmentSettings settings) throws IOException {
        var writer = new SegmentWriter(settings, recording.adjustments(), new Secrets());
        List<JsonNode> documents = Documents.of(writer, recording.finish().get(0));
        assertThat(documents).hasSize(1);
        return documents.get(0);
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void aSegmentSaysWhereItIsFromAndForWhom() throws IOException {
        recording.root("root", "Default").user("ü".repeat(300)).close();
        var settings =
                new SegmentSettings(() -> Platform.of("AWS::ECS::Container"), "1.2.3", "/cruddur/backend", "0.1.0");
        JsonNode segment = only(settings);
        assertThat(segment.path("origin").asString()).isEqualTo("AWS::ECS::Container");
        assertThat(segment.path("service")).isEqualTo(json("{'version': '1.2.3'}"));
        assertThat(segment.path("aws"))
                .isEqualTo(json("{'cloudwatch_logs': [{'log_group': '/cruddur/backend'}], 'xray': "
                        + "{'sdk': 'Cruddur Obs for Java', 'sdk_version': '0.1.0', 'rule_name': 'Default'}}"));
        assertThat(segment.path("user").asString()).hasSize(250);
        assertThat(recording.adjustments().counts()).isEqualTo(Map.of("value_truncated", 1L));
    }

    @Test
    void aCallToAwsIsOneOfItsNamespace() throws IOException {
        Node root = recording.root("root", null);
        recording.child("DynamoDB", Kind.CLIENT).aws(PUT_ITEM).close();
        recording.child("http", Kind.CLIENT).http(REQUEST, 200, 12).close();
        recording.child("queue", Kind.PRODUCER).close();
        recording.child("inside").close();
        root.close();
        JsonNode children = only().path("subsegments");
        assertThat(children)
                .extracting(child -> child.path("namespace").asString(""))
                .containsExactly("aws", "remote", "remote", "");
        assertThat(children.get(0).path("aws"))
                .isEqualTo(json("{'operation': 'PutItem', 'region': 'ca-central-1', 'account_id': '123456789012', "
                        + "'request_id': 'R1', 'table_name': 'activities', 'queue_url': 'https://sqs/q', "
                        + "'retries': 2, 'resource_names': ['arn:one', 'arn:two']}"));
        assertThat(children.get(1).path("http"))
                .isEqualTo(json("{'request': {'method': 'GET', 'url': 'http://h/p', 'client_ip': '10.0.0.1', "
                        + "'user_agent': 'curl', 'x_forwarded_for': true}, "
                        + "'response': {'status': 200, 'content_length': 12}}"));
    }

    @Test
    void aQueryLinksAndPrecursorsAreSaid() throws IOException {
        Node root = recording.root("root", null);
        Node first = recording.child("first");
        first.close();
        recording
                .child("query", Kind.CLIENT)
                .sql(SELECT)
                .precursor(first.id())
                .link(new SpanIds(0x5759e988_bd862e3fL, 0xe1be46a994272793L, 0x53995c3f42cd8ad8L))
                .close();
        root.close();
        JsonNode query = only().at("/subsegments/1");
        assertThat(query.path("sql"))
                .isEqualTo(json("{'url': 'jdbc:postgresql://h/db', 'sanitized_query': 'select * from t where id = ?', "
                        + "'database_type': 'PostgreSQL', 'database_version': '17', 'driver_version': '42.7', "
                        + "'user': '" + "u".repeat(232) + "… (300 characters)', 'preparation': 'statement'}"));
        assertThat(query.at("/precursor_ids/0").asString()).isEqualTo("%016x".formatted(first.id()));
        assertThat(query.path("links"))
                .isEqualTo(json("[{'trace_id': '1-5759e988-bd862e3fe1be46a994272793', 'id': '53995c3f42cd8ad8'}]"));
    }

    @Test
    void whatOnlyASubsegmentMaySayIsCountedOnASegment() throws IOException {
        recording.root("root", null).sql(SELECT).close();
        assertThat(only().has("sql")).isFalse();
        assertThat(recording.adjustments().counts()).isEqualTo(Map.of("attribute_dropped", 1L));
    }

    @Test
    void causesPointToEachOtherAndSuppressedOnesFollow() throws IOException {
        var failure = new IOException("disk", new IllegalStateException("why"));
        failure.addSuppressed(new IllegalArgumentException("close"));
        recording.root("root", null).exception(failure).close();
        JsonNode exceptions = only().at("/cause/exceptions");
        assertThat(exceptions).extracting(e -> e.path("message").asString()).containsExactly("disk", "why", "close");
        assertThat(exceptions.at("/0/cause")).isEqualTo(exceptions.at("/1/id"));
        assertThat(exceptions.at("/1/cause").isMissingNode()).isTrue();
    }

    @Test
    void metadataIsGroupedByNamespace() throws IOException {
        recording
                .root("root", null)
                .metadata("one", "k", "first")
                .metadata("two", "k", 1)
                .metadata("one", "k", "last")
                .metadata("one", "null", null)
                .close();
        assertThat(only().path("metadata")).isEqualTo(json("{'one': {'k': 'last', 'null': null}, 'two': {'k': 1}}"));
    }

    /** The golden document is the SDK's own: each word of it is here, with the same type, but for those that are named. */
    @Test
    void theWordsAreThoseOfTheXraySdk() throws IOException {
        JsonNode theirs = new JsonMapper().readTree(ofTheSdk());
        Documents.checked(theirs);
        Node root = recording.root("root", "Default").user("andrew");
        root.http(REQUEST, 429, 12).annotate("k", "v").annotate("n", 1L).metadata("default", "m", Map.of("a", 1));
        Node child = recording.child("DynamoDB", Kind.CLIENT).aws(PUT_ITEM);
        child.sql(SELECT).precursor(root.id());
        child.exception(new IllegalStateException("message", new IOException("why")));
        child.close();
        root.close();
        JsonNode ours = only(new SegmentSettings(() -> Platform.of("AWS::EC2::Instance"), "1.0", null, "0.1.0"));
        var missing = new TreeSet<String>();
        missing("", theirs, ours, missing);
        assertThat(missing)
                .containsExactlyInAnyOrder(
                        "/service/runtime",
                        "/service/runtime_version",
                        "/subsegments/0/cause/working_directory",
                        "/subsegments/0/cause/exceptions/0/remote",
                        "/subsegments/0/cause/exceptions/0/skipped",
                        "/subsegments/0/cause/exceptions/0/truncated");
    }

    private static void missing(String path, JsonNode theirs, JsonNode ours, Set<String> missing) {
        if (theirs.getNodeType() != ours.getNodeType()) {
            missing.add(path);
        }
        for (Map.Entry<String, JsonNode> entry : theirs.properties()) {
            missing(path + '/' + entry.getKey(), entry.getValue(), ours.path(entry.getKey()), missing);
        }
        if (theirs.isArray() && !theirs.isEmpty()) {
            missing(path + "/0", theirs.get(0), ours.path(0), missing);
        }
    }

    private static String ofTheSdk() {
        AWSXRayRecorder recorder = AWSXRayRecorderBuilder.standard()
                .withSamplingStrategy(new AllSamplingStrategy())
                .withEmitter(new Emitter() {
                    @Override
                    public boolean sendSegment(Segment segment) {
                        return true;
                    }

                    @Override
                    public boolean sendSubsegment(Subsegment subsegment) {
                        return true;
                    }
                })
                .build();
        Segment root = recorder.beginSegment("root");
        root.setUser("andrew");
        root.setOrigin("AWS::EC2::Instance");
        root.putService("version", "1.0");
        root.setRuleName("Default");
        root.putAnnotation("k", "v");
        root.putAnnotation("n", 1);
        root.putMetadata("m", Map.of("a", 1));
        root.putHttp(
                "request",
                Map.of(
                        "method", "GET",
                        "url", "http://h/p",
                        "client_ip", "10.0.0.1",
                        "user_agent", "curl",
                        "x_forwarded_for", true));
        root.putHttp("response", Map.of("status", 429, "content_length", 12));
        root.setError(true);
        root.setThrottle(true);
        Subsegment child = recorder.beginSubsegment("DynamoDB");
        child.setNamespace("aws");
        child.putAws("operation", "PutItem");
        child.putAws("region", "ca-central-1");
        child.putAws("retries", 2);
        child.putAws("resource_names", List.of("arn:one"));
        child.putSql("url", "jdbc:postgresql://h/db");
        child.putSql("sanitized_query", "select 1");
        child.addPrecursorId(root.getId());
        child.addException(new IllegalStateException("message", new IOException("why")));
        child.end();
        root.end();
        // They end without the recorder, which would keep them current on this thread.
        recorder.clearTraceEntity();
        return root.serialize();
    }
}
