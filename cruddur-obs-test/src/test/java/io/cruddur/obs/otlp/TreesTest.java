package io.cruddur.obs.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.OtlpObs;
import io.cruddur.obs.Span;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.test.otlp.ReceivedSpan;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.xray.DocumentSink;
import io.cruddur.obs.xray.SegmentSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trees of any shape and size, in one part or many. */
class TreesTest {

    @Test
    void aTreeOfTenThousandSpansGoesInPartsThatAreRequestsOfTheirOwn() {
        Encoded encoded = Encoded.of(obs -> obs.trace("root").run(root -> {
            for (int i = 0; i < 9_999; i++) {
                obs.trace("child").run(child -> {});
            }
        }));
        List<EncodedRecord> parts = encoded.parts();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(5);
        assertThat(encoded.spans().stream().map(ReceivedSpan::spanId).distinct())
                .hasSize(10_000);
        for (EncodedRecord part : parts) {
            List<ReceivedSpan> spans = Encoded.spans(part.bytes());
            assertThat(spans).hasSizeLessThanOrEqualTo(2_000);
            assertThat(part.size()).isLessThanOrEqualTo(520 * 1_024);
            assertThat(spans).allMatch(span -> span.ofResource("service.name").isPresent());
        }
    }

    @Test
    void aPartIsFullByItsBytesToo() {
        String text = "x".repeat(900);
        Encoded encoded = Encoded.of(obs -> obs.trace("root").run(root -> {
            for (int i = 0; i < 1_500; i++) {
                obs.trace("child").run(child -> child.annotate("text", text));
            }
        }));
        assertThat(encoded.parts()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(encoded.parts()).allMatch(part -> part.size() <= 520 * 1_024);
        assertThat(encoded.spans()).hasSize(1_501);
    }

    @Test
    void aChainDeeperThanAnyStackIsWalked() {
        Encoded encoded = Encoded.of(obs -> {
            Deque<Span> open = new ArrayDeque<>();
            for (int i = 0; i < 30_000; i++) {
                open.push(obs.trace("level").start());
            }
            open.forEach(Span::close);
        });
        List<ReceivedSpan> spans = encoded.spans();
        assertThat(spans).hasSize(30_000);
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).parentId()).isEqualTo(spans.get(i - 1).spanId());
        }
    }

    @Test
    void aSpanThatGoesOnIsSentOnceWhenItHasEnded() {
        var late = new ArrayList<Span>();
        Encoded encoded = Encoded.of(obs -> {
            Span root = obs.trace("root").start();
            Span child = obs.trace("child").start();
            child.detach();
            root.close();
            obs.close();
            late.add(child);
            child.close();
        });
        assertThat(encoded.records()).hasSize(2);
        assertThat(encoded.spans().stream().map(ReceivedSpan::name)).containsExactly("root", "child");
        ReceivedSpan child = encoded.spans().get(1);
        assertThat(child.parentId()).isEqualTo(encoded.spans().get(0).spanId());
    }

    @Test
    void whereNothingHasEndedThereIsAPartThatSendsNothing() {
        Encoded encoded = Encoded.of(obs -> {
            Span root = obs.trace("root").start();
            obs.close();
            root.detach();
        });
        assertThat(encoded.records()).hasSize(1);
        assertThat(encoded.parts()).hasSize(1);
        assertThat(encoded.parts().get(0).size()).isZero();
    }

    @Test
    void noSpanTakesMoreThanAServiceTakesAndTheLargestValuesAreCut() {
        String large = "ä".repeat(60_000);
        var deep = new IllegalStateException(large, new IllegalStateException(large));
        Encoded encoded = Encoded.of(obs -> obs.trace("root").run(root -> {
            root.annotate("small", "kept");
            for (int i = 0; i < 20; i++) {
                root.metadata("m" + i, "text", large);
            }
            root.exception(deep);
        }));
        ReceivedSpan span = encoded.only();
        assertThat(span.span().getSerializedSize()).isLessThanOrEqualTo(64_000);
        assertThat(span.text("small")).isEqualTo("kept");
        assertThat(span.text("aws.xray.metadata.m7")).contains(" characters)");
        assertThat(span.span().getEventsCount()).isEqualTo(1);
        assertThat(encoded.adjustments()).containsKey("value_truncated");
    }

    @Test
    void whatHasNoRoomAtAllIsLeftOutAndCounted() {
        Encoded encoded = Encoded.of(obs -> obs.trace("root").run(root -> {
            for (int i = 0; i < 280; i++) {
                root.metadata("n".repeat(400) + i, "k", "v");
            }
        }));
        ReceivedSpan span = encoded.only();
        assertThat(span.span().getSerializedSize()).isLessThanOrEqualTo(64_000);
        assertThat(span.span().getDroppedAttributesCount()).isPositive();
        assertThat(encoded.adjustments()).containsKey("attribute_dropped");
        assertThat(span.span().getAttributesCount() + span.span().getDroppedAttributesCount())
                .isEqualTo(280);
    }

    /** What a span says, in neither service's words. */
    private record Said(String name, String parent, long startMicros, long endMicros, boolean error) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theSameTreeIsTheSameByBothWays(long seed) {
        var records = new ArrayList<TraceRecord>();
        try (Obs obs = OtlpObs.recording(records::add)) {
            grow(obs, new Random(seed));
        }
        var documents = new ArrayList<JsonNode>();
        var otlp = new ArrayList<ReceivedSpan>();
        try (var daemon = new DocumentSink(
                        bytes -> documents.add(JsonMapper.shared().readTree(bytes)),
                        SegmentSettings.NONE,
                        new Adjustments(),
                        new Secrets());
                var sink = new OtlpSink(
                        OtlpSettings.xray("eu-central-1", OtlpResource.of("shop")), new Adjustments(), new Secrets())) {
            for (TraceRecord record : records) {
                assertThat(daemon.send(List.of(record))).isEqualTo(Answer.DELIVERED);
                sink.encode(record, part -> otlp.addAll(Encoded.spans(part.bytes())));
            }
        }
        Map<String, Said> byDaemon = new TreeMap<>();
        documents.forEach(
                document -> collect(document, document.path("parent_id").asString(""), byDaemon));
        Map<String, Said> byOtlp = otlp.stream()
                .collect(Collectors.toMap(ReceivedSpan::spanId, TreesTest::said, (a, b) -> a, TreeMap::new));
        assertThat(byOtlp).hasSizeGreaterThan(100).isEqualTo(byDaemon);
        String traceId = documents.get(0).path("trace_id").asString();
        assertThat(otlp)
                .allMatch(span -> ("1-" + span.traceId().substring(0, 8) + '-'
                                + span.traceId().substring(8))
                        .equals(traceId));
    }

    private static void grow(Obs obs, Random random) {
        Deque<Span> open = new ArrayDeque<>();
        open.push(obs.trace("root").server().start());
        for (int i = 0; i < 500; i++) {
            while (open.size() > 1 && random.nextInt(3) > 0) {
                open.pop().close();
            }
            Span span = obs.trace("span " + i).start();
            if (random.nextInt(4) == 0) {
                span.annotate("plan", "p" + random.nextInt(100));
            }
            if (random.nextInt(10) == 0) {
                span.exception(new IllegalStateException("no " + i));
            }
            open.push(span);
        }
        open.forEach(Span::close);
    }

    private static void collect(JsonNode span, String parent, Map<String, Said> to) {
        String id = span.path("id").asString();
        to.put(
                id,
                new Said(
                        span.path("name").asString(),
                        parent,
                        micros(span.path("start_time")),
                        micros(span.path("end_time")),
                        span.path("fault").asBoolean(false)));
        span.path("subsegments").forEach(child -> collect(child, id, to));
    }

    private static long micros(JsonNode seconds) {
        return seconds.decimalValue().movePointRight(6).longValueExact();
    }

    private static Said said(ReceivedSpan span) {
        return new Said(
                span.name(),
                span.parentId(),
                span.span().getStartTimeUnixNano() / 1_000,
                span.span().getEndTimeUnixNano() / 1_000,
                span.span().getStatus().getCodeValue() == 2);
    }
}
