package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.xray.Recording.Node;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What does not fit into one document of 64,000 bytes, or into the depth that receivers take. */
@Timeout(60)
class SplittingTest {
    private final Recording recording = new Recording();

    /** The parent of each span, by their ids; each span must be there once. */
    private static Map<String, String> parents(List<JsonNode> documents) {
        var parents = new HashMap<String, String>();
        for (JsonNode document : documents) {
            collect(document, document.path("parent_id").asString(""), 0, parents);
        }
        return parents;
    }

    private static void collect(JsonNode span, String parent, int level, Map<String, String> parents) {
        assertThat(level).isLessThanOrEqualTo(100);
        String id = span.path("id").asString();
        assertThat(parents.put(id, parent)).as("a span sent twice").isNull();
        for (JsonNode child : span.path("subsegments")) {
            collect(child, id, level + 1, parents);
        }
    }

    private static String hex(long id) {
        return "%016x".formatted(id);
    }

    @Test
    void aDocumentOver64KbIsSplitAndNotLostWithItsSubtree() throws IOException {
        var expected = new HashMap<String, String>();
        Node root = recording.root("root", null);
        expected.put(hex(root.id()), "");
        for (int i = 0; i < 10; i++) {
            Node child = recording.child("child");
            child.metadata("default", "value", "v".repeat(20_000));
            expected.put(hex(child.id()), hex(root.id()));
            Node grandchild = recording.child("grandchild");
            grandchild.metadata("default", "value", "w".repeat(30_000));
            expected.put(hex(grandchild.id()), hex(child.id()));
            grandchild.close();
            child.close();
        }
        root.close();
        List<JsonNode> documents = Documents.of(recording);
        assertThat(parents(documents)).isEqualTo(expected);
        assertThat(recording.adjustments().counts()).isEmpty();
        assertThat(documents).hasSizeBetween(8, 11);
    }

    @Test
    void aChainOfTenThousandGoesInFewDocuments() throws IOException {
        Deque<Node> open = new ArrayDeque<>();
        open.push(recording.root("root", null));
        var expected = new HashMap<String, String>(Map.of(hex(open.peek().id()), ""));
        for (int i = 0; i < 10_000; i++) {
            Node child = recording.child("link");
            expected.put(hex(child.id()), hex(open.peek().id()));
            open.push(child);
        }
        while (!open.isEmpty()) {
            open.pop().close();
        }
        List<JsonNode> documents = Documents.of(recording);
        assertThat(parents(documents)).isEqualTo(expected);
        assertThat(documents).hasSizeLessThan(120);
    }

    @Test
    void aStarOfTenThousandKeepsInItsCentreWhatFits() throws IOException {
        Node root = recording.root("root", null);
        for (int i = 0; i < 10_000; i++) {
            recording.child("ray").close();
        }
        root.close();
        List<JsonNode> documents = Documents.of(recording);
        assertThat(parents(documents)).hasSize(10_001);
    }

    @Test
    void theWorkIsLinearInTheSpans() throws IOException {
        // What is handed over is what is written: bytes stand for work, and no clock is asked.
        long small = bytesOfChain(1_000);
        long large = bytesOfChain(10_000);
        assertThat(large).isBetween(9 * small, 11 * small);
    }

    private static long bytesOfChain(int spans) throws IOException {
        var recording = new Recording();
        Deque<Node> open = new ArrayDeque<>();
        open.push(recording.root("root", null));
        for (int i = 1; i < spans; i++) {
            open.push(recording.child("link"));
        }
        while (!open.isEmpty()) {
            open.pop().close();
        }
        return Documents.of(recording).stream()
                .mapToLong(d -> d.toString().length())
                .sum();
    }

    @Test
    void aSpanThatHasNotEndedGoesAloneAndItsChildrenByThemselves() throws IOException {
        Node root = recording.root("root", null);
        Node unfinished = recording.child("unfinished");
        Node finished = recording.child("finished");
        recording.child("inside finished").close();
        finished.close();
        root.close();
        List<JsonNode> documents = Documents.of(recording);
        assertThat(parents(documents))
                .containsEntry(hex(unfinished.id()), hex(root.id()))
                .containsEntry(hex(finished.id()), hex(unfinished.id()))
                .hasSize(4);
        for (JsonNode document : documents) {
            boolean inProgress = document.path("in_progress").asBoolean(false);
            assertThat(inProgress).isEqualTo(document.path("name").asString().equals("unfinished"));
            assertThat(inProgress && document.has("subsegments")).isFalse();
        }
    }

    @Test
    void theLargestValuesAreCutAndTheSmallOnesStay() throws IOException {
        Node root = recording.root("root", null);
        root.metadata("default", "small", "s".repeat(500));
        root.metadata("default", "large", "l".repeat(60_000));
        root.metadata("default", "map", Map.of("list", List.of("é".repeat(20_000), "\"\n".repeat(10_000))));
        root.exception(new IllegalStateException("m".repeat(8_000)));
        root.close();
        JsonNode document = Documents.of(recording).get(0);
        assertThat(document.at("/metadata/default/small").asString()).hasSize(500);
        assertThat(document.at("/metadata/default/large").asString())
                .startsWith("lll")
                .endsWith("… (60000 characters)");
        assertThat(document.at("/metadata/default/map").asString())
                .startsWith("{\"list\":[\"é")
                .endsWith(" bytes of JSON)");
        assertThat(document.at("/cause/exceptions/0/message").asString()).hasSize(8_000);
        assertThat(recording.adjustments().counts()).isEqualTo(Map.of("value_truncated", 2L));
    }

    @Test
    void whatIsTooMuchEvenWhenCutIsLeftOutAndCounted() throws IOException {
        Node root = recording.root("root", null);
        for (int i = 0; i < 280; i++) {
            root.metadata("n".repeat(400) + i % 9, "k".repeat(480) + i, "v".repeat(60_000));
            root.annotate("a".repeat(480) + i, "\u0001".repeat(1_000));
        }
        for (int i = 0; i < 10; i++) {
            Exception failure = new Exception("\u0001".repeat(8_000));
            failure.addSuppressed(new Exception("suppressed", new Exception("cause")));
            root.exception(failure);
        }
        root.close();
        JsonNode document = Documents.of(recording).get(0);
        int leftOut = document.at("/metadata/cruddur-obs/left out").asInt();
        assertThat(leftOut).isPositive();
        assertThat(recording.adjustments().counts().get("attribute_dropped")).isGreaterThanOrEqualTo(leftOut);
    }

    @Test
    void aLongStackIsShortenedAndSaysSo() throws IOException {
        var random = new Random(1);
        Node root = recording.root("root", null);
        for (int i = 0; i < 8; i++) {
            root.exception(deep(200 + random.nextInt(50)));
        }
        root.close();
        JsonNode exceptions = Documents.of(recording).get(0).at("/cause/exceptions");
        assertThat(exceptions).hasSize(8);
        for (JsonNode exception : exceptions) {
            assertThat(exception.path("stack").size()).isBetween(1, 250);
            assertThat(exception.path("truncated").asInt()).isPositive();
        }
    }

    private static Exception deep(int frames) {
        return frames == 0 ? new Exception("deep") : deep(frames - 1);
    }
}
