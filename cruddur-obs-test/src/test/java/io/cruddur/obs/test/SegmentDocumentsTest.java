package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.trace.Sampler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Documents that the application takes itself. */
class SegmentDocumentsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    @Test
    void anErrorOverOneDocumentCostsThatOneAndSendsNoOtherTwice() {
        Queue<String> taken = new ConcurrentLinkedQueue<>();
        try (Obs obs = Obs.builder()
                .segmentDocuments(document -> {
                    String text = new String(document, StandardCharsets.UTF_8);
                    if (text.contains("poison")) {
                        throw new AssertionError("the consumer's own");
                    }
                    taken.add(text);
                })
                .build()) {
            for (String name : new String[] {"before", "poison", "after"}) {
                obs.trace(name).run(() -> {});
            }
            DeliveryReport.Sink xray = obs.flush(SOON).sinks().get(0);
            assertThat(xray.delivered()).isEqualTo(2);
            assertThat(xray.lost()).isEqualTo(Map.of("consumer_failed", 1L));
        }
        assertThat(taken).hasSize(2);
    }

    @Test
    void aTraceThatStreamsHasNoMoreThanFiftyAnnotationsEither() {
        Obs obs = telemetry.obs();
        obs.trace("root").run(() -> {
            for (int i = 0; i < 2_000; i++) {
                obs.trace("child").annotate("number", i).run(() -> {});
            }
        });
        long sent = telemetry.traces().spans().stream()
                .filter(span -> span.annotation("number").isPresent())
                .count();
        assertThat(sent).isEqualTo(50);
        assertThat(obs.adjustments()).containsEntry("attribute_dropped", 1_950L);
    }

    @Test
    void whatAHostileValueBecameIsCounted() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);
        Object throwing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("lazy");
            }
        };
        telemetry
                .obs()
                .trace("root")
                .run(span -> span.metadata("circle", circle)
                        .metadata("throwing", List.of(throwing, "neighbour"))
                        .metadata("long", "x".repeat(70_000))
                        .metadata("many", Collections.nCopies(2_000, 1)));
        assertThat(telemetry.trace().metadata("throwing").get(1).asString()).isEqualTo("neighbour");
        assertThat(telemetry.obs().adjustments())
                .containsEntry("value_changed", 2L)
                .hasEntrySatisfying(
                        "value_truncated", count -> assertThat(count).isGreaterThanOrEqualTo(2L));
    }

    @Test
    void whereNothingIsRecordedTheValuesOfABuilderAreNotLookedAt() {
        var asked = new AtomicInteger();
        Object value = new Object() {
            @Override
            public String toString() {
                asked.incrementAndGet();
                return "costly";
            }
        };
        Obs.off().trace("root").metadata("key", value).run(() -> {});
        try (Obs unsampled = Obs.builder()
                        .sampler(Sampler.never())
                        .segmentDocuments(document -> {})
                        .build();
                Span root = unsampled.trace("root").start()) {
            assertThat(root.isRecording()).isFalse();
            unsampled.trace("child").metadata("key", value).run(() -> {});
        }
        assertThat(asked).hasValue(0);
    }
}
