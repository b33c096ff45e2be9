package io.cruddur.obs.xray.sdk;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.SegmentImpl;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.SubsegmentImpl;
import com.amazonaws.xray.entities.ThrowableDescription;
import com.amazonaws.xray.entities.TraceHeader;
import io.cruddur.obs.Span;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What the SDK's entities are told lands on our spans, and can be read again. */
class EntityDataTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private CapturedSpan sentSubsegment(Consumer<Subsegment> told) {
        AWSXRay.createSegment("segment", () -> AWSXRay.createSubsegment("subsegment", told));
        return telemetry.trace().children().get(0);
    }

    @Test
    void annotationsAndMetadata() {
        CapturedSpan sent = sentSubsegment(entity -> {
            entity.putAnnotation("text", "t");
            entity.putAnnotation("number", 7);
            entity.putAnnotation("counter", new AtomicLong(8));
            entity.putAnnotation("flag", true);
            entity.putMetadata("plain", List.of(1, 2));
            entity.putMetadata("space", "key", Map.of("a", "b"));
            entity.putMetadata("nothing", null);
            entity.getAnnotations().put("live", "yes");
            entity.getMetadata()
                    .computeIfAbsent("other", name -> new ConcurrentHashMap<>())
                    .put("k", 1);
            assertThat(entity.getAnnotations())
                    .containsExactly(
                            entry("text", "t"),
                            entry("number", 7),
                            entry("counter", 8L),
                            entry("flag", true),
                            entry("live", "yes"));
            assertThat(entity.getMetadata()).containsOnlyKeys("default", "space", "other");
            assertThat(entity.getMetadata().get("space")).isEqualTo(Map.of("key", Map.of("a", "b")));
        });
        assertThat(sent)
                .hasAnnotation("text", "t")
                .hasAnnotation("number", 7L)
                .hasAnnotation("counter", 8L)
                .hasAnnotation("flag", true)
                .hasAnnotation("live", "yes");
        assertThat(sent.metadata("plain")).hasSize(2);
        assertThat(sent.metadata("nothing").isNull()).isTrue();
        assertThat(sent.metadata("space", "key").path("a").asString()).isEqualTo("b");
        assertThat(sent.metadata("other", "k").asInt()).isEqualTo(1);
    }

    @Test
    void annotationsOfOursAreReadByThem() {
        telemetry.obs().trace("ours").annotate("a", "b").metadata("m", 1).run(() -> {
            assertThat(AWSXRay.getCurrentSegment().getAnnotations()).containsExactly(entry("a", "b"));
            AWSXRay.getCurrentSegment().putAnnotation("theirs", true);
            AWSXRay.getCurrentSegment().putHttp("response", Map.of("status", 404));
        });
        assertThat(telemetry.trace()).hasAnnotation("theirs", true);
        assertThat(telemetry.trace().isError()).isTrue();
    }

    @Test
    void aRequestWithWhatElseWasSaidOfIt() {
        CapturedSpan sent = sentSubsegment(entity -> {
            entity.setNamespace("remote");
            entity.putHttp(
                    "request",
                    Map.of(
                            "method",
                            "POST",
                            "url",
                            "https://host/a?secret=1&b=2#c",
                            "user_agent",
                            "cli",
                            "traced",
                            true));
            entity.putHttp("response", Map.of("status", 429, "content_length", 12L));
            assertThat(entity.getNamespace()).isEqualTo("remote");
            assertThat(entity.getHttp()).containsOnlyKeys("request", "response");
        });
        JsonNode http = sent.document().path("http");
        assertThat(http.at("/request/method").asString()).isEqualTo("POST");
        assertThat(http.at("/request/url").asString()).isEqualTo("https://host/a?secret=&b=");
        assertThat(http.at("/response/status").asInt()).isEqualTo(429);
        assertThat(sent.metadata("http.request", "traced").asBoolean()).isTrue();
        assertThat(sent.document().path("throttle").asBoolean()).isTrue();
        assertThat(sent.document().path("namespace").asString()).isEqualTo("remote");
    }

    @Test
    void callsToAwsAndQueries() {
        AWSXRay.createSegment("segment", () -> {
            AWSXRay.createSubsegment("S3", entity -> {
                entity.setNamespace("aws");
                Map<String, Object> aws = entity.getAws();
                aws.put("operation", "GetObject");
                aws.put("bucket_name", "avatars");
                aws.put("retries", (int) aws.getOrDefault("retries", -1) + 1);
                entity.setAws(aws);
            });
            AWSXRay.createSubsegment("db", entity -> {
                entity.putAllSql(Map.of("sanitized_query", "select ?", "shard", 3));
            });
        });
        CapturedSpan s3 = telemetry.trace().children().get(0);
        assertThat(s3.document().at("/aws/operation").asString()).isEqualTo("GetObject");
        assertThat(s3.document().at("/aws/retries").asInt()).isZero();
        assertThat(s3.metadata("aws", "bucket_name").asString()).isEqualTo("avatars");
        CapturedSpan db = telemetry.trace().children().get(1);
        assertThat(db.document().at("/sql/sanitized_query").asString()).isEqualTo("select ?");
        assertThat(db.metadata("sql", "shard").asInt()).isEqualTo(3);
    }

    @Test
    void failures() {
        var problem = new IllegalStateException("boom");
        var other = new IllegalArgumentException("other");
        CapturedSpan sent = sentSubsegment(entity -> {
            assertThat(entity.getCause().getExceptions()).isEmpty();
            entity.addException(problem);
            entity.addException(problem);
            assertThat(entity.isFault()).isTrue();
            assertThat(entity.getCause().getExceptions().get(0).getThrowable()).isSameAs(problem);
            entity.getCause().addException(new ThrowableDescription(other));
            entity.getCause().setMessage("said");
            entity.setFault(false);
            entity.setThrottle(true);
            assertThat(List.of(entity.isFault(), entity.isError(), entity.isThrottle()))
                    .containsExactly(false, true, true);
        });
        assertThat(sent.exceptionTypes())
                .containsExactly(IllegalStateException.class.getName(), IllegalArgumentException.class.getName());
        assertThat(sent.isFault()).isFalse();
        assertThat(sent.isError()).isTrue();
        assertThat(sent.document().path("throttle").asBoolean()).isTrue();
    }

    @Test
    void failuresThatAreOnlySaid() {
        AWSXRay.createSegment("segment", segment -> {
            segment.setFault(true);
            AWSXRay.createSubsegment("error", entity -> {
                entity.addException(new IllegalStateException());
                entity.setFault(false);
                entity.setError(true);
            });
        });
        assertThat(telemetry.trace().isFault()).isTrue();
        assertThat(telemetry.trace().children().get(0).isFault()).isFalse();
        assertThat(telemetry.trace().children().get(0).isError()).isTrue();
    }

    @Test
    void timesAndPrecursors() {
        CapturedSpan sent = sentSubsegment(entity -> {
            double start = entity.getStartTime();
            assertThat(start).isGreaterThan(1.7e9);
            entity.setStartTime(start - 2);
            entity.setEndTime(start + 3);
            entity.addPrecursorId("00000000000000aa");
            assertThat(entity.getPrecursorIds()).containsExactly("00000000000000aa");
            assertThat(entity.getEndTime()).isZero();
        });
        double start = sent.startTime();
        double end = sent.document().path("end_time").asDouble();
        assertThat(end - start).isBetween(4.999, 5.001);
        assertThat(sent.document().at("/precursor_ids/0").asString()).isEqualTo("00000000000000aa");
    }

    @Test
    void childrenAreTheOnesThatTheirCallsBegan() {
        AWSXRay.createSegment("segment", segment -> {
            AWSXRay.createSubsegment("first", () -> {});
            telemetry.obs().trace("ours").run(() -> {});
            AWSXRay.createSubsegment("second", () -> {});
            assertThat(segment.getSubsegmentsCopy()).extracting(Entity::getName).containsExactly("first", "second");
            for (int i = 0; i < 200; i++) {
                AWSXRay.createSubsegment("many", () -> {});
            }
            assertThat(segment.getSubsegmentsCopy()).hasSize(100);
        });
        assertThat(telemetry.trace().children()).hasSize(203);
    }

    @Test
    void aSegmentThatIsSaidNotToBeSampledIsNotSentAndSaysSo() {
        Segment segment = AWSXRay.beginSegment("quiet");
        segment.setSampled(false);
        AWSXRay.createSubsegment("call", entity -> {
            assertThat(TraceHeader.fromEntity(entity).toString()).endsWith("Sampled=0");
            telemetry
                    .obs()
                    .trace("ours")
                    .run(() -> telemetry.obs().inject((name, value) -> {
                        if (name.equals("X-Amzn-Trace-Id")) {
                            assertThat(value).endsWith("Sampled=0");
                        }
                    }));
        });
        AWSXRay.endSegment();
        assertThat(telemetry.traces().roots()).isEmpty();
        assertThat(telemetry.obs().currentTraceContext().isValid()).isFalse();
    }

    @Test
    void aSubsegmentWithoutSamplingIsNotRecordedNorWhatBeginsInIt() {
        AWSXRay.createSegment("segment", segment -> {
            Subsegment quiet = AWSXRay.beginSubsegmentWithoutSampling("quiet");
            assertThat(TraceHeader.fromEntity(quiet).toString())
                    .startsWith("Root=" + segment.getTraceId())
                    .endsWith("Sampled=0");
            AWSXRay.createSubsegment("below", () -> {});
            telemetry
                    .obs()
                    .trace("ours")
                    .run(span -> assertThat(span.isRecording()).isFalse());
            AWSXRay.endSubsegment();
            AWSXRay.createSubsegment("recorded", () -> {});
        });
        assertThat(telemetry.trace()).hasToString("segment(recorded)");
    }

    @Test
    void aSubsegmentThatIsBuiltByHandBecomesASpanWhenItEnds() {
        var problem = new IllegalStateException("by hand");
        AWSXRay.createSegment("segment", segment -> {
            var built = new SubsegmentImpl(AWSXRay.getGlobalRecorder(), "built", segment);
            built.setParent(segment);
            segment.addSubsegment(built);
            built.putAnnotation("a", 1);
            built.putMetadata("m", "v");
            built.setNamespace("remote");
            built.addException(problem);
            built.setStartTime(segment.getStartTime() - 1);
            var below = new SubsegmentImpl(AWSXRay.getGlobalRecorder(), "below", segment);
            below.setParent(built);
            built.addSubsegment(below);
            below.end();
            AWSXRay.getGlobalRecorder().endSubsegment(built);
        });
        assertThat(telemetry.trace()).hasToString("segment(built(below))");
        CapturedSpan built = telemetry.trace().children().get(0);
        assertThat(built).hasAnnotation("a", 1L);
        assertThat(built.metadata("m").asString()).isEqualTo("v");
        assertThat(built.isFault()).isTrue();
        assertThat(built.startTime()).isLessThan(telemetry.trace().startTime() - 0.9);
        assertThat(built.document().path("namespace").asString()).isEqualTo("remote");
    }

    @Test
    void aSegmentThatIsBuiltByHandIsSentByUs() {
        var built = new SegmentImpl(AWSXRay.getGlobalRecorder(), "built");
        built.setUser("andrew");
        AWSXRay.getGlobalRecorder().setTraceEntity(built);
        AWSXRay.createSubsegment("child", () -> {});
        AWSXRay.endSegment();
        assertThat(telemetry.trace()).hasToString("built(child)");
        assertThat(telemetry.trace().traceId()).isEqualTo(built.getTraceId().toString());
        assertThat(telemetry.trace().document().path("user").asString()).isEqualTo("andrew");
    }

    @Test
    void whatTheSdksCodeAsksOfAnEntityHasAnAnswer() {
        try (Span ours = telemetry.obs().trace("ours").start()) {
            Segment segment = AWSXRay.getCurrentSegment();
            assertThat(segment.serialize())
                    .contains("\"name\":\"ours\"", ours.context().spanId());
            assertThat(segment.getParentSegment()).isSameAs(segment);
            assertThat(segment.isRecording()).isTrue();
            assertThat(segment.isInProgress()).isTrue();
            assertThat(segment.isEmitted()).isFalse();
            assertThat(segment.getTotalSize().intValue()).isZero();
            assertThat(segment.getCreator()).isSameAs(AWSXRay.getGlobalRecorder());
            segment.putService("version", "7");
            assertThat(segment.getService()).containsEntry("version", "7");
            segment.setResourceArn("arn:aws:ecs:task");
            assertThat(segment.getResourceArn()).isEqualTo("arn:aws:ecs:task");
            segment.setUser("andrew");
            assertThat(segment.getUser()).isEqualTo("andrew");
        }
        assertThat(telemetry.trace().metadata("service", "version").asString()).isEqualTo("7");
        assertThat(telemetry.trace().metadata("aws", "resource_arn").asString()).isEqualTo("arn:aws:ecs:task");
    }
}
