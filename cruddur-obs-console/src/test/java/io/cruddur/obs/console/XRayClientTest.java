package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.AnnotationValue;
import software.amazon.awssdk.services.xray.model.BatchGetTracesResponse;
import software.amazon.awssdk.services.xray.model.GetTraceSummariesResponse;
import software.amazon.awssdk.services.xray.model.InvalidRequestException;
import software.amazon.awssdk.services.xray.model.RuleLimitExceededException;
import software.amazon.awssdk.services.xray.model.SamplingRule;
import software.amazon.awssdk.services.xray.model.SamplingTargetDocument;
import software.amazon.awssdk.services.xray.model.Segment;
import software.amazon.awssdk.services.xray.model.TimeRangeType;
import software.amazon.awssdk.services.xray.model.TraceSummary;
import software.amazon.awssdk.services.xray.model.XRayException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The X-Ray calls, made by the AWS SDK's own client. */
class XRayClientTest extends WithConsole {

    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private XRayClient writer;
    private XRayClient reader;

    @BeforeEach
    void connect() {
        writer = client("anything");
        reader = client(console.token());
    }

    @AfterEach
    void disconnect() {
        writer.close();
        reader.close();
    }

    @Test
    void whatIsPutIsSummarised() {
        ObjectNode document = Documents.notifications().put("user", "andrewbrown");
        document.putObject("annotations").put("count", 3);
        put(document);

        TraceSummary summary = summaries("").traceSummaries().get(0);

        assertThat(summary.id()).isEqualTo(TRACE);
        assertThat(summary.responseTime()).isEqualTo(0.25);
        assertThat(summary.duration()).isEqualTo(0.25);
        assertThat(summary.hasFault()).isFalse();
        assertThat(summary.http().httpMethod()).isEqualTo("GET");
        assertThat(summary.http().httpStatus()).isEqualTo(200);
        assertThat(annotation(summary, "URI").stringValue()).isEqualTo("/api/activities/notifications");
        assertThat(annotation(summary, "count").numberValue()).isEqualTo(3.0);
        assertThat(summary.users().get(0).userName()).isEqualTo("andrewbrown");
        assertThat(summary.entryPoint().name()).isEqualTo("backend-flask");
    }

    @Test
    void theTimeOfATraceIsThatOfItsIdUnlessAskedOtherwise() {
        put(Documents.notifications());
        Instant ofTheId = Instant.ofEpochSecond(0x5759e988L);

        assertThat(reader.getTraceSummaries(r -> r.startTime(ofTheId).endTime(ofTheId.plusSeconds(60)))
                        .traceSummaries())
                .hasSize(1);
        assertThat(reader.getTraceSummaries(r -> r.startTime(START).endTime(START.plusSeconds(60)))
                        .traceSummaries())
                .isEmpty();
    }

    @Test
    void summariesAreFilteredByExpressions() {
        putTwo();
        SoftAssertions softly = new SoftAssertions();
        Map<String, Integer> found = new LinkedHashMap<>();
        found.put("service(\"backend-flask\")", 1);
        found.put("service(\"other\")", 1);
        found.put("service(\"nobody\")", 0);
        found.put("service(id(name: \"other\", type: \"AWS::EC2::Instance\"))", 1);
        found.put("fault", 1);
        found.put("!fault", 1);
        found.put("fault = false", 1);
        found.put("ok", 1);
        found.put("error OR throttle", 0);
        found.put("responsetime > 0.2", 2);
        found.put("responsetime >= 1 AND http.status = 500", 1);
        found.put("duration < 0.5", 1);
        found.put("http.status != 500", 1);
        found.put("http.url CONTAINS \"notifications\"", 1);
        found.put("http.url BEGINSWITH \"http://other\"", 1);
        found.put("http.url ENDSWITH \"user=a\"", 1);
        found.put("http.method = \"GET\"", 1);
        found.put("annotation.URI", 1);
        found.put("annotation.URI = \"/api/activities/notifications\"", 1);
        found.put("annotation[count] > 2", 1);
        found.put("annotation.count > 3", 0);
        found.put("(fault OR ok) AND NOT service(\"other\")", 1);
        found.put("service(\"backend-flask\") AND (http.status = 500 OR (responsetime < 1 && !fault))", 1);

        found.forEach(
                (expression, count) -> softly.assertThat(summaries(expression).traceSummaries())
                        .as(expression)
                        .hasSize(count));
        softly.assertAll();
    }

    @Test
    void anExpressionThatCannotBeAnsweredIsRefusedByName() {
        SoftAssertions softly = new SoftAssertions();
        for (String expression : List.of(
                "service(\"a\") {fault}",
                "rootcause.fault.service",
                "responsetime > x",
                "responsetime >",
                "fault AND",
                "(fault",
                "fault)",
                "http.url > \"a\"",
                "#",
                "id(")) {
            softly.assertThatThrownBy(() -> summaries(expression))
                    .as(expression)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("Invalid filter expression");
        }
        softly.assertAll();
    }

    @Test
    void nestingInAnExpressionEnds() {
        assertThatThrownBy(() -> summaries("(".repeat(900) + "fault" + ")".repeat(900)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> summaries("ok or ".repeat(100_000) + "ok"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("more than 2000 characters");
    }

    @Test
    void summariesComePageByPage() {
        for (int from = 0; from < 250; from += 50) {
            ObjectNode[] documents = new ObjectNode[50];
            for (int i = 0; i < 50; i++) {
                documents[i] = Documents.segment(Documents.id(1), "s", 1_700_000_000.0 + from + i, 1_700_000_900)
                        .put("trace_id", Documents.trace(from + i));
            }
            put(documents);
        }

        List<String> ids = reader
                .getTraceSummariesPaginator(r ->
                        r.timeRangeType(TimeRangeType.EVENT).startTime(START).endTime(START.plusSeconds(1_000)))
                .traceSummaries()
                .stream()
                .map(TraceSummary::id)
                .toList();

        assertThat(ids).hasSize(250).doesNotHaveDuplicates();
        assertThat(ids.get(0)).isEqualTo(Documents.trace(249));
    }

    @Test
    void aTraceIsReadWithWhatWasSentAloneInItsPlace() {
        put(Documents.notifications(), Documents.subsegment(Documents.id(9), Documents.id(3), "late", 1, 2));

        BatchGetTracesResponse traces = reader.batchGetTraces(r -> r.traceIds(TRACE, Documents.trace(77)));

        assertThat(traces.traces()).hasSize(1);
        assertThat(traces.traces().get(0).segments()).hasSize(1);
        JsonNode document = new JsonMapper()
                .readTree(traces.traces().get(0).segments().get(0).document());
        assertThat(document.at("/subsegments/0/subsegments/0/id").asString()).isEqualTo(Documents.id(3));
        assertThat(document.at("/subsegments/0/subsegments/0/subsegments/0/name")
                        .asString())
                .isEqualTo("late");
        assertThatThrownBy(() -> reader.batchGetTraces(r -> r.traceIds("1", "2", "3", "4", "5", "6")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> reader.batchGetTraces(r -> r.traceIds("abc")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void readingTakesTheTokenAsAccessKey() {
        assertThatThrownBy(() -> writer.batchGetTraces(r -> r.traceIds(TRACE)))
                .isInstanceOf(XRayException.class)
                .satisfies(e -> assertThat(((XRayException) e).awsErrorDetails().errorCode())
                        .isEqualTo("UnrecognizedClientException"));
        assertThatThrownBy(
                        () -> writer.getTraceSummaries(r -> r.startTime(START).endTime(START.plusSeconds(60))))
                .isInstanceOf(XRayException.class)
                .satisfies(e -> assertThat(((XRayException) e).awsErrorDetails().errorCode())
                        .isEqualTo("UnrecognizedClientException"));
    }

    @Test
    void aSamplingRuleIsMadeChangedUsedAndDeleted() {
        writer.createSamplingRule(r -> r.samplingRule(rule("cruddur").build()));

        assertThat(writer.getSamplingRules().samplingRuleRecords())
                .extracting(one -> one.samplingRule().ruleName())
                .containsExactly("cruddur", "Default");
        assertThatThrownBy(() -> writer.createSamplingRule(
                        r -> r.samplingRule(rule("cruddur").build())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("already exists");

        SamplingRule changed = writer.updateSamplingRule(
                        r -> r.samplingRuleUpdate(u -> u.ruleName("cruddur").fixedRate(0.5)))
                .samplingRuleRecord()
                .samplingRule();
        assertThat(changed.fixedRate()).isEqualTo(0.5);
        assertThat(changed.reservoirSize()).isEqualTo(5);

        SamplingTargetDocument target = writer.getSamplingTargets(
                        r -> r.samplingStatisticsDocuments(s -> s.ruleName("cruddur")
                                .clientID("0123456789abcdef01234567")
                                .timestamp(Instant.now())
                                .requestCount(1)
                                .sampledCount(1)))
                .samplingTargetDocuments()
                .get(0);
        assertThat(target.fixedRate()).isEqualTo(0.5);
        assertThat(target.reservoirQuota()).isEqualTo(5);

        writer.deleteSamplingRule(r -> r.ruleName("cruddur"));
        assertThat(writer.getSamplingRules().samplingRuleRecords()).hasSize(1);
        assertThatThrownBy(() -> writer.deleteSamplingRule(r -> r.ruleName("Default")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> writer.updateSamplingRule(
                        r -> r.samplingRuleUpdate(u -> u.ruleName("cruddur").fixedRate(1.0))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aSamplingRuleOutsideTheRulesIsRefused() {
        for (SamplingRule bad : List.of(
                rule("x").fixedRate(1.5).build(),
                rule("x").priority(10_000).build(),
                rule("x").reservoirSize(-1).build(),
                rule("x").serviceName(null).build(),
                rule("x").version(2).build(),
                rule("x".repeat(33)).build())) {
            assertThatThrownBy(() -> writer.createSamplingRule(r -> r.samplingRule(bad)))
                    .as(bad.toString())
                    .isInstanceOf(InvalidRequestException.class);
        }
        for (int i = 0; i < 25; i++) {
            SamplingRule one = rule("rule-" + i).build();
            writer.createSamplingRule(r -> r.samplingRule(one));
        }
        assertThatThrownBy(() -> writer.createSamplingRule(
                        r -> r.samplingRule(rule("one more").build())))
                .isInstanceOf(RuleLimitExceededException.class);
    }

    @Test
    void aGroupIsMadeReadChangedAndDeleted() {
        String arn = writer.createGroup(r -> r.groupName("Cruddur").filterExpression("service(\"backend-flask\")"))
                .group()
                .groupARN();

        assertThat(writer.getGroup(r -> r.groupARN(arn)).group().filterExpression())
                .isEqualTo("service(\"backend-flask\")");
        assertThat(writer.getGroups(r -> {}).groups()).hasSize(1);
        assertThatThrownBy(() -> writer.createGroup(r -> r.groupName("Cruddur")))
                .isInstanceOf(InvalidRequestException.class);
        writer.updateGroup(r -> r.groupName("Cruddur").filterExpression("fault"));
        assertThat(writer.getGroup(r -> r.groupName("Cruddur")).group().filterExpression())
                .isEqualTo("fault");
        writer.deleteGroup(r -> r.groupName("Cruddur"));
        assertThatThrownBy(() -> writer.getGroup(r -> r.groupName("Cruddur")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void telemetryIsTaken() {
        writer.putTelemetryRecords(r -> r.telemetryRecords(
                t -> t.timestamp(Instant.now()).segmentsReceivedCount(1).segmentsSentCount(1)));
    }

    /** A request in order, and one of another service that failed. */
    private void putTwo() {
        ObjectNode first = Documents.notifications();
        first.putObject("annotations").put("count", 3);
        ObjectNode failed = Documents.segment(Documents.id(7), "other", 1_700_000_001, 1_700_000_002)
                .put("trace_id", Documents.trace(2))
                .put("fault", true);
        ObjectNode http = failed.putObject("http");
        http.putObject("request").put("method", "POST").put("url", "http://other/");
        http.putObject("response").put("status", 500);
        put(first, failed);
    }

    private void put(ObjectNode... documents) {
        List<String> texts =
                List.of(documents).stream().map(ObjectNode::toString).toList();
        assertThat(writer.putTraceSegments(r -> r.traceSegmentDocuments(texts)).unprocessedTraceSegments())
                .isEmpty();
    }

    private GetTraceSummariesResponse summaries(String expression) {
        return reader.getTraceSummaries(r -> r.timeRangeType(TimeRangeType.EVENT)
                .startTime(START.minusSeconds(60))
                .endTime(START.plusSeconds(60))
                .filterExpression(expression.isEmpty() ? null : expression));
    }

    private static AnnotationValue annotation(TraceSummary summary, String key) {
        return Objects.requireNonNull(summary.annotations().get(key)).get(0).annotationValue();
    }

    private static SamplingRule.Builder rule(String name) {
        return SamplingRule.builder()
                .ruleName(name)
                .resourceARN("*")
                .priority(9_000)
                .fixedRate(0.1)
                .reservoirSize(5)
                .serviceName("backend-flask")
                .serviceType("*")
                .host("*")
                .httpMethod("*")
                .urlPath("*")
                .version(1);
    }

    private XRayClient client(String accessKey) {
        return AwsClients.client(XRayClient.builder(), console, accessKey);
    }

    @Test
    void aChainThatWasSentAloneIsReadAsDeepAsJsonMayBe() {
        int length = 1_000;
        List<ObjectNode> chain = new ArrayList<>();
        chain.add(Documents.segment(Documents.id(1), "s", 1_700_000_000, 1_700_000_001));
        for (int i = 2; i <= length; i++) {
            chain.add(Documents.subsegment(Documents.id(i), Documents.id(i - 1), "deep", 1_700_000_000, 1_700_000_001));
        }
        // Whatever the order of arrival.
        Collections.shuffle(chain, new Random(7));
        for (int i = 0; i < length; i += 50) put(chain.subList(i, i + 50).toArray(ObjectNode[]::new));

        List<String> documents = reader.batchGetTraces(r -> r.traceIds(TRACE)).traces().get(0).segments().stream()
                .map(Segment::document)
                .toList();

        assertThat(documents).hasSizeLessThan(10);
        List<String> ids = new ArrayList<>();
        for (String document : documents)
            ids.addAll(new JsonMapper().readTree(document).findValuesAsString("id"));
        assertThat(ids).hasSize(length).doesNotHaveDuplicates();
    }

    @Test
    void documentsThatAreEachOthersParentsAreAllRead() {
        put(
                Documents.subsegment(Documents.id(1), Documents.id(2), "a", 1_700_000_000, 1_700_000_001),
                Documents.subsegment(Documents.id(2), Documents.id(1), "b", 1_700_000_000, 1_700_000_001),
                Documents.subsegment(Documents.id(3), Documents.id(3), "own", 1_700_000_000, 1_700_000_001));

        assertThat(reader.batchGetTraces(r -> r.traceIds(TRACE)).traces().get(0).segments())
                .hasSize(2)
                .extracting(one -> new JsonMapper()
                        .readTree(one.document())
                        .findValuesAsString("id")
                        .size())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void anAnnotationMayHaveAnyKey() {
        ObjectNode document = Documents.notifications();
        document.putObject("annotations").put("a", 1).put("/a/b", 2).put("", "empty");
        put(document);

        TraceSummary summary = summaries("").traceSummaries().get(0);

        assertThat(annotation(summary, "/a/b").numberValue()).isEqualTo(2.0);
        assertThat(annotation(summary, "a").numberValue()).isEqualTo(1.0);
    }

    @Test
    void aTraceThatWasCutIsToldToBe() {
        put(Documents.notifications());
        assertThat(reader.batchGetTraces(r -> r.traceIds(TRACE)).traces().get(0).limitExceeded())
                .isFalse();
        for (int i = 10; i < 160; i++) {
            ObjectNode large = Documents.segment(Documents.id(i), "large", 1_700_000_000, 1_700_000_001);
            large.putObject("metadata").putObject("default").put("large", "x".repeat(64_000));
            client.datagram(large.toString());
        }
        await().atMost(ConsoleClient.PATIENCE).untilAsserted(() -> {
            JsonNode delivery = client.json("/api/delivery");
            assertThat(delivery.path("datagramsOfFullTraces").asLong()).isPositive();
            assertThat(delivery.path("datagramsOfFullTraces").asLong())
                    .isEqualTo(delivery.path("rejectedDatagrams").asLong());
        });

        assertThat(reader.batchGetTraces(r -> r.traceIds(TRACE)).traces().get(0).limitExceeded())
                .isTrue();
    }

    @Test
    void aSamplingRuleHasAtMostFiveShortAttributes() {
        Map<String, String> five = Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5");
        assertThat(writer.createSamplingRule(r ->
                                r.samplingRule(rule("five").attributes(five).build()))
                        .samplingRuleRecord()
                        .samplingRule()
                        .attributes())
                .isEqualTo(five);
        Map<String, String> six = new LinkedHashMap<>(five);
        six.put("f", "6");
        for (Map<String, String> bad : List.of(six, Map.of("k", "v".repeat(33)), Map.of("k".repeat(33), "v"))) {
            assertThatThrownBy(() -> writer.createSamplingRule(
                            r -> r.samplingRule(rule("bad").attributes(bad).build())))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("Attributes");
        }
    }

    static Stream<Named<Consumer<XRayClient>>> operationsThatTheConsoleDoesNotKnow() {
        return Stream.of(
                Named.of("GetEncryptionConfig", xray -> xray.getEncryptionConfig(r -> {})),
                Named.of(
                        "PutResourcePolicy",
                        xray -> xray.putResourcePolicy(r -> r.policyName("p").policyDocument("{}"))),
                Named.of(
                        "GetServiceGraph",
                        xray -> xray.getServiceGraph(r -> r.startTime(START).endTime(START))),
                Named.of("GetTraceSegmentDestination", xray -> xray.getTraceSegmentDestination(r -> {})),
                Named.of("GetIndexingRules", xray -> xray.getIndexingRules(r -> {})),
                Named.of(
                        "ListTagsForResource", xray -> xray.listTagsForResource(r -> r.resourceARN("arn:aws:xray:x"))));
    }

    @ParameterizedTest
    @MethodSource("operationsThatTheConsoleDoesNotKnow")
    void anOperationThatTheConsoleDoesNotKnowIsNamedSo(Consumer<XRayClient> operation) {
        try (XRayClient anonymous =
                AwsClients.client(XRayClient.builder(), console, AnonymousCredentialsProvider.create())) {
            for (XRayClient xray : List.of(writer, anonymous)) {
                assertThatThrownBy(() -> operation.accept(xray))
                        .isInstanceOfSatisfying(XRayException.class, unknown -> {
                            assertThat(unknown.statusCode()).isEqualTo(404);
                            assertThat(unknown.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
                            assertThat(unknown.awsErrorDetails().errorMessage())
                                    .isEqualTo("The console does not know this operation of X-Ray.");
                        });
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | Authorization | AWS4-HMAC-SHA256 Credential=key/20261128/eu-west-1/xray/aws4_request, Signature=0 | true",
                "GET | Authorization | AWS4-HMAC-SHA256 Credential=key/20261128/eu-west-1/xray/aws4_request, Signature=0 | true",
                "POST | Authorization | AWS4-HMAC-SHA256 Credential=key/20261128/eu-west-1/s3/aws4_request, Signature=0 | false",
                "POST | Authorization | Bearer xray | false",
                "POST | User-Agent | aws-cli/2.15.0 Python/3.11.6 Linux/6.1 | true",
                "POST | User-Agent | Boto3/1.34.0 md/Botocore#1.34.0 | true",
                "POST | User-Agent | curl/8.5.0 | false"
            })
    void onlyAClientOfXRayIsAnsweredAsByXRay(String method, String header, String value, boolean asXRay) {
        for (String path : List.of("/EncryptionConfig", "/api/nothing/of/this")) {
            ConsoleClient.Reply reply = client.send(method, path, new byte[0], header, value);

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.header("x-amzn-ErrorType")).isEqualTo(asXRay ? "UnknownOperationException" : "");
            assertThat(reply.json().has("error")).isEqualTo(!asXRay);
        }
    }
}
