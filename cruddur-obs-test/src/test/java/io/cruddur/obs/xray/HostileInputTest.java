package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.capture.PatientReading;
import io.cruddur.obs.xray.Recording.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever an application says, its document is valid, its neighbours are in it, and what was changed is counted. */
@Timeout(60)
class HostileInputTest {
    private final Recording recording = new Recording();
    private Node root = recording.root("root", null);

    private JsonNode document() throws IOException {
        root.annotate("neighbour", "here");
        root.close();
        List<JsonNode> documents = Documents.of(recording);
        assertThat(documents).hasSize(1);
        assertThat(documents.get(0).at("/annotations/neighbour").asString()).isEqualTo("here");
        return documents.get(0);
    }

    private Map<String, Long> counts() {
        return recording.adjustments().counts();
    }

    @BeforeEach
    void nothingIsCountedYet() {
        assertThat(counts()).isEmpty();
    }

    @Test
    void aFloodOfAnnotationsKeepsFiftyATrace() throws IOException {
        root.annotate("neighbour", "here");
        for (int i = 0; i < 200; i++) {
            Node child = recording.child("child");
            child.annotate("a" + i, i).annotate("b" + i, i);
            child.close();
        }
        int annotations = 0;
        JsonNode document = document();
        for (JsonNode child : document.path("subsegments")) {
            annotations += child.path("annotations").size();
        }
        assertThat(annotations).isEqualTo(49);
        assertThat(counts()).isEqualTo(Map.of("attribute_dropped", 351L));
    }

    @Test
    void aBadKeyIsMended() throws IOException {
        root.annotate("bad key!", 1L).annotate("", 2L).annotate("k".repeat(600), 3L);
        JsonNode annotations = document().path("annotations");
        assertThat(annotations.path("bad_key_").asInt()).isEqualTo(1);
        assertThat(annotations.path("_").asInt()).isEqualTo(2);
        assertThat(annotations.path("k".repeat(500)).asInt()).isEqualTo(3);
        assertThat(counts()).isEqualTo(Map.of("annotation_key_changed", 3L));
    }

    @Test
    void keysThatAreMendedToTheSameStandOnceWithTheLastValue() throws IOException {
        root.annotate("a b", 1L).annotate("a_b", 2L).annotate("a-b", 3L);
        assertThat(document().path("annotations").toString()).isEqualTo("{\"a_b\":3,\"neighbour\":\"here\"}");
    }

    @Test
    void whatIsNoNumberIsText() throws IOException {
        root.annotate("nan", Double.NaN).annotate("infinite", Double.NEGATIVE_INFINITY);
        root.metadata("default", "nan", List.of(Double.NaN));
        JsonNode document = document();
        assertThat(document.at("/annotations/nan").asString()).isEqualTo("NaN");
        assertThat(document.at("/annotations/infinite").asString()).isEqualTo("-Infinity");
        assertThat(document.at("/metadata/default/nan/0").asString()).isEqualTo("NaN");
        assertThat(counts()).isEqualTo(Map.of("value_changed", 2L));
    }

    @Test
    void halfACharacterIsReplacedAndNoneIsCutInHalf() throws IOException {
        root.annotate("lone", "a\uD83Db").annotate("cut", "x" + "😀".repeat(600));
        JsonNode annotations = document().path("annotations");
        assertThat(annotations.path("lone").asString()).isEqualTo("a\uFFFDb");
        assertThat(annotations.path("cut").asString())
                .doesNotContain("\uFFFD")
                .endsWith("😀… (1201 characters)")
                .hasSizeBetween(998, 1_000);
        assertThat(counts()).isEqualTo(Map.of("value_truncated", 1L));
    }

    @Test
    void tenMegabytesAreCut() throws IOException {
        String huge = "é".repeat(10 << 20);
        root.annotate("huge", huge).metadata("default", "huge", huge);
        JsonNode document = document();
        assertThat(document.at("/annotations/huge").asString()).hasSize(1_000).endsWith("(10485760 characters)");
        assertThat(document.at("/metadata/default/huge").asString()).endsWith(" characters)");
        assertThat(counts()).isEqualTo(Map.of("value_truncated", 2L));
    }

    @Test
    void aCircleOfCausesAndSuppressedOnesEnds() throws IOException {
        var first = new Exception("first");
        var second = new Exception("second", first);
        first.initCause(second);
        second.addSuppressed(first);
        root.exception(first);
        assertThat(document().at("/cause/exceptions"))
                .extracting(e -> e.path("message").asString())
                .containsExactly("first", "second");
    }

    /** The X-Ray SDK then sends a document with nothing in it. */
    @Test
    void aThrowingGetterOrACyclicMapDoesNotEmptyTheWholeDocument() throws IOException {
        var cyclic = new HashMap<String, Object>();
        cyclic.put("self", cyclic);
        Object throwing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };
        root.metadata("default", "cyclic", cyclic);
        root.metadata("default", "throwing", throwing);
        root.metadata("default", "inside", List.of("before", throwing, "after"));
        var thrown = new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new NoSuchElementError();
            }
        };
        PatientReading.during(() -> root.exception(thrown));
        JsonNode document = document();
        assertThat(document.at("/metadata/default/cyclic").toString()).contains("<deeper than 16>");
        assertThat(document.at("/metadata/default/throwing").asString())
                .contains("IllegalStateException while reading");
        assertThat(document.at("/metadata/default/inside/0").asString()).isEqualTo("before");
        assertThat(document.at("/metadata/default/inside/1").asString())
                .contains("IllegalStateException while reading");
        assertThat(document.at("/metadata/default/inside/2").asString()).isEqualTo("after");
        assertThat(document.at("/cause/exceptions/0/message").asString()).contains("NoSuchElementError while reading");
    }

    private static final class NoSuchElementError extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void tenThousandLevelsEndInAPlaceholder() throws IOException {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        Exception cause = new Exception("0");
        for (int i = 1; i < 10_000; i++) {
            cause = new Exception(String.valueOf(i), cause);
        }
        root.metadata("default", "deep", deep).exception(cause);
        JsonNode document = document();
        assertThat(document.at("/metadata/default/deep").toString()).contains("<deeper than 16>");
        assertThat(document.at("/cause/exceptions")).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${jndi:ldap://evil/a}", "%s%n%x", "</script>", "\u0000\u001B[31m\u202E", "\"}],\"x\":{"})
    void whatLooksLikeCodeIsText(String text) throws IOException {
        root.annotate("k", text).metadata(text, text, Map.of(text, text)).exception(new Exception(text));
        JsonNode document = document();
        assertThat(document.at("/annotations/k").asString()).isEqualTo(text);
        JsonNode namespace = Objects.requireNonNull(document.path("metadata").get(text));
        assertThat(namespace.path(text).path(text).asString()).isEqualTo(text);
        assertThat(document.at("/cause/exceptions/0/message").asString()).isEqualTo(text);
    }

    @Test
    void aNameOfNothingOrTooMuchIsMended() throws IOException {
        root.close();
        for (String name : List.of("", " ", "x".repeat(10_000), "😀", "a\nb<c>")) {
            recording.root(name, null).close();
        }
        assertThat(Documents.of(recording))
                .extracting(document -> document.path("name").asString())
                .containsExactly("root", "unnamed", "unnamed", "x".repeat(200), "__", "a_b_c_");
    }
}
