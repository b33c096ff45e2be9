package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.xray.Recording.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tree of any shape with values of any size, and what must come out of it. */
final class RandomTree {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MAX_DEPTH = 200;

    /** What was said of a span. */
    private static final class Said {
        private String parent = "";
        private String name = "";
        private boolean unfinished;
        private final Map<String, Object> annotations = new HashMap<>();
        private final Map<String, @Nullable Object> metadata = new HashMap<>();
    }

    private final Recording recording;
    private final Random random;
    private final int maxValueChars;
    private final Map<String, Said> said = new HashMap<>();
    private int truncated;

    RandomTree(Recording recording, Random random, int maxValueChars) {
        this.recording = recording;
        this.random = random;
        this.maxValueChars = maxValueChars;
    }

    int spans() {
        return said.size();
    }

    /** Values of which a beginning arrived, and said so. */
    int truncated() {
        return truncated;
    }

    /** Records a tree of so many spans: long chains, wide stars, or anything between. */
    void record(int spans) {
        Deque<Node> open = new ArrayDeque<>();
        double deeper = random.nextDouble();
        open.push(begin(true));
        for (int i = 1; i < spans; i++) {
            while (open.size() > 1 && (open.size() >= MAX_DEPTH || random.nextDouble() > deeper)) {
                end(open.pop());
            }
            open.push(begin(false));
        }
        while (open.size() > 1) {
            end(open.pop());
        }
        open.pop().close();
    }

    private Node begin(boolean root) {
        String name = text(random.nextInt(30));
        Kind kind = random.nextBoolean() ? Kind.CLIENT : Kind.INTERNAL;
        Node node = root ? recording.root(name, null) : recording.child(name, kind);
        var now = new Said();
        // Not always the one given: a span that is never ended stays current.
        SpanNode under = node.parent();
        now.parent = under == null ? "" : hex(under.id());
        now.name = Names.segmentName(name);
        said.put(hex(node.id()), now);
        int annotations = random.nextInt(10) == 0 ? random.nextInt(12) : 0;
        for (int i = 0; i < annotations; i++) {
            String key = text(1 + random.nextInt(8));
            Object value = random.nextBoolean() ? random.nextLong() : text(size());
            node.annotate(key, value);
            now.annotations.put(Names.annotationKey(key), value);
        }
        int metadata = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
        for (int i = 0; i < metadata; i++) {
            String key = "k" + random.nextInt(3);
            Object value = random.nextInt(3) == 0 ? container(3) : text(size());
            node.metadata("n", key, value);
            now.metadata.put(key, CapturedValue.of(value));
        }
        if (random.nextInt(200) == 0) {
            node.exception(new IllegalStateException(text(size()), new Exception(text(20))));
        }
        return node;
    }

    private void end(Node node) {
        if (random.nextInt(300) == 0) {
            Said now = said.get(hex(node.id()));
            assertThat(now).isNotNull();
            now.unfinished = true;
        } else {
            node.close();
        }
    }

    private int size() {
        return random.nextInt(100) == 0 ? random.nextInt(maxValueChars) : random.nextInt(40);
    }

    /** Any Unicode there is, and halves of characters too. */
    private String text(int chars) {
        var text = new StringBuilder();
        int alphabet = random.nextInt(3);
        while (text.length() < chars) {
            switch (alphabet) {
                case 0 -> text.append((char) (' ' + random.nextInt(95)));
                case 1 -> text.append((char) random.nextInt(0x10000));
                default -> text.appendCodePoint(random.nextInt(0x110000));
            }
        }
        return text.toString();
    }

    private Object container(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextBoolean();
                case 2 -> random.nextGaussian();
                default -> whole(text(size()));
            };
        }
        int size = random.nextInt(5);
        if (random.nextBoolean()) {
            var list = new ArrayList<Object>();
            for (int i = 0; i < size; i++) {
                list.add(container(depth - 1));
            }
            return list;
        }
        var map = new HashMap<String, Object>();
        for (int i = 0; i < size; i++) {
            map.put("key" + i, container(depth - 1));
        }
        return map;
    }

    /** Two halves that meet by chance are one character; a half alone is none. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    private static String hex(long id) {
        return "%016x".formatted(id);
    }

    /** That the documents hold every span once, and of each what was said. */
    void assertIsIn(List<JsonNode> documents) {
        var seen = new HashMap<String, JsonNode>();
        for (JsonNode document : documents) {
            collect(document, document.path("parent_id").asString(""), seen);
        }
        assertThat(seen.keySet()).isEqualTo(said.keySet());
        long annotations = seen.values().stream()
                .mapToLong(span -> span.path("annotations").size())
                .sum();
        long annotationsSaid = said.values().stream()
                .mapToLong(span -> span.annotations.size())
                .sum();
        assertThat(annotations).isEqualTo(Math.min(50, annotationsSaid));
        seen.forEach((id, span) -> assertSays(span, said.getOrDefault(id, new Said())));
    }

    private void collect(JsonNode span, String parent, Map<String, JsonNode> seen) {
        String id = span.path("id").asString();
        assertThat(seen.put(id, span)).as("a span sent twice").isNull();
        assertThat(parent).isEqualTo(said.getOrDefault(id, new Said()).parent);
        for (JsonNode child : span.path("subsegments")) {
            collect(child, id, seen);
        }
    }

    private void assertSays(JsonNode span, Said expected) {
        assertThat(span.path("name").asString()).isEqualTo(expected.name);
        assertThat(span.path("in_progress").asBoolean(false)).isEqualTo(expected.unfinished);
        for (Map.Entry<String, JsonNode> annotation : span.path("annotations").properties()) {
            assertThat(expected.annotations).containsKey(annotation.getKey());
            assertValue(annotation.getValue(), expected.annotations.get(annotation.getKey()));
        }
        JsonNode metadata = span.at("/metadata/n");
        assertThat(metadata.size()).isEqualTo(expected.metadata.size());
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            assertValue(entry.getValue(), expected.metadata.get(entry.getKey()));
        }
    }

    private void assertValue(JsonNode seen, @Nullable Object expected) {
        if (expected instanceof String text) {
            String whole = whole(text);
            if (!seen.asString().equals(whole)) {
                int mark = seen.asString().lastIndexOf("… (");
                assertThat(seen.asString()).endsWith(" characters)");
                assertThat(whole).startsWith(seen.asString().substring(0, mark));
                truncated++;
            }
        } else if (seen.isString() && !(expected instanceof String)) {
            assertThat(seen.asString()).endsWith(" bytes of JSON)");
            truncated++;
        } else {
            assertThat(seen).isEqualTo(MAPPER.readTree(MAPPER.writeValueAsString(expected)));
        }
    }
}
