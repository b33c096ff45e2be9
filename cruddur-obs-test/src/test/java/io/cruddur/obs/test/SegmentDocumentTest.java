package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.trace.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Documents as they leave the process, against the service's schema. */
@Timeout(60)
class SegmentDocumentTest {
    private DaemonReceiver daemon;
    private Obs obs;

    @BeforeEach
    void start() throws IOException {
        daemon = new DaemonReceiver();
        obs = Obs.builder().xrayDaemon(daemon.address()).build();
    }

    @AfterEach
    void stop() {
        obs.close();
        daemon.close();
    }

    private static void assertValid(JsonNode document) {
        assertThat(SegmentSchema.errors(document)).as(document.toString()).isEmpty();
    }

    @Test
    void aRequestWithEverythingIsValid() throws IOException {
        try (Span segment = obs.trace("backend-flask").server().start()) {
            segment.http(new HttpRequest("GET", "http://h/" + "p".repeat(400), "10.0.0.1", "u".repeat(400), true));
            obs.trace("child").run(child -> {
                child.annotate("text", "v".repeat(2_000))
                        .annotate("n", 1)
                        .annotate("d", 1.5)
                        .annotate("b", true);
                child.annotate("bad key!", "kept").annotate("nan", Double.NaN);
                child.metadata("ns", "k", Map.of("list", List.of(1, "two", 3.0)));
                child.exception(new IllegalStateException("outer", new RuntimeException("inner")));
            });
            segment.httpResponse(503, 0);
        }
        JsonNode document = daemon.next();
        assertValid(document);
        assertThat(document.at("/http/request/url").asString()).hasSize(250);
        JsonNode annotations = document.at("/subsegments/0/annotations");
        assertThat(annotations.path("bad_key_").asString()).isEqualTo("kept");
        assertThat(annotations.path("nan").asString()).isEqualTo("NaN");
        assertThat(annotations.path("text").asString()).hasSize(1_000);
    }

    @Test
    void namesTheServiceWouldRefuseAreMended() throws IOException {
        for (String name : List.of("", "  ", "GET /a?b=<script>", "x".repeat(200), "emoji 😀", "line\nbreak")) {
            obs.trace(name).run(() -> {});
            JsonNode document = daemon.next();
            assertValid(document);
            assertThat(document.path("name").asString()).isNotBlank();
        }
    }

    @Test
    void anAnnotationSetTwiceStandsOnceWithItsLastValue() throws IOException {
        obs.trace("root").annotate("k", "first").annotate("k", "last").run(() -> {});
        JsonNode document = daemon.next();
        assertThat(document.path("annotations")).hasSize(1);
        assertThat(document.at("/annotations/k").asString()).isEqualTo("last");
    }

    @Test
    void noMoreAnnotationsThanTheServiceIndexesAreSent() throws IOException {
        obs.trace("root").run(root -> {
            for (int i = 0; i < 500; i++) {
                root.annotate("k" + i, i);
            }
        });
        JsonNode document = daemon.next();
        assertValid(document);
        assertThat(document.path("annotations")).hasSize(50);
    }

    @Test
    void randomTreesComeBackAsTheyWere() throws IOException {
        long seed = 20261122L;
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var expected = new HashMap<String, String>();
            grow(random, "n", 0, expected);
            JsonNode document = daemon.next();
            assertThat(SegmentSchema.errors(document))
                    .as("seed %d, tree %d", seed, i)
                    .isEmpty();
            var seen = new HashMap<String, String>();
            read(document, "", seen);
            assertThat(seen).as("seed %d, tree %d", seed, i).isEqualTo(expected);
        }
        DeliveryReport report = obs.flush(Duration.ofSeconds(20));
        assertThat(report.isBalanced()).isTrue();
        assertThat(report.isComplete()).isTrue();
    }

    private void grow(Random random, String name, int depth, Map<String, String> parents) {
        obs.trace(name).annotate("depth", depth).run(() -> {
            int children = depth > 5 ? 0 : random.nextInt(4);
            for (int c = 0; c < children; c++) {
                String child = name + "_" + c;
                parents.put(child, name);
                grow(random, child, depth + 1, parents);
            }
        });
    }

    private static void read(JsonNode span, String parent, Map<String, String> parents) {
        String name = span.path("name").asString();
        if (!parent.isEmpty()) {
            parents.put(name, parent);
        }
        var names = new ArrayList<String>();
        for (JsonNode child : span.path("subsegments")) {
            names.add(child.path("name").asString());
            read(child, name, parents);
        }
        assertThat(names).isSorted();
    }
}
