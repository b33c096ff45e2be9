package io.cruddur.obs.console.internal.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON trees. Whatever comes in is bounded in depth, tokens and the length of names and numbers. */
public final class Json {

    /** A tree of this many tokens costs at most about 30 MB of heap while it is read. */
    private static final int MAX_TOKENS = 250_000;

    /**
     * Over 200 nested subsegments, an array and an object each. What came in goes out again with a few levels around it,
     * and the default limit of Jackson, here and in programs that read the answers, is 500.
     */
    private static final int MAX_DEPTH = 450;

    private static final JsonMapper MAPPER = mapper(MAX_TOKENS);

    private Json() {}

    private static JsonMapper mapper(int maxTokens) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxTokenCount(maxTokens)
                                .maxNameLength(4_000)
                                .maxNumberLength(400)
                                .maxStringLength(8 << 20)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Apart, because most consoles never read one. */
    private static final class Batches {
        /** A span of five attributes has some 65, and a request 10,000 spans. */
        private static final int MAX_TOKENS = 800_000;

        static final JsonMapper MAPPER = mapper(MAX_TOKENS);
    }

    /** @throws NotJson if the bytes are not one JSON value within the bounds */
    public static JsonNode parse(byte[] json) throws NotJson {
        return parse(json, 0, json.length);
    }

    /** @throws NotJson if the bytes are not one JSON value within the bounds */
    public static JsonNode parse(byte[] json, int offset, int length) throws NotJson {
        return parse(MAPPER, json, offset, length);
    }

    /**
     * For a request of thousands of spans: with more tokens than all else may have.
     *
     * @throws NotJson if the bytes are not one JSON value within the bounds
     */
    public static JsonNode parseBatch(byte[] json) throws NotJson {
        return parse(Batches.MAPPER, json, 0, json.length);
    }

    private static JsonNode parse(JsonMapper mapper, byte[] json, int offset, int length) throws NotJson {
        try {
            JsonNode tree = mapper.readTree(json, offset, length);
            if (tree.isMissingNode()) throw new NotJson("it is empty");
            return tree;
        } catch (JacksonException invalid) {
            throw new NotJson(invalid.getOriginalMessage());
        }
    }

    /**
     * The texts that an object has under these keys, read without a tree of all the rest.
     *
     * @throws NotJson if the bytes are not one JSON object within the bounds
     */
    public static Map<String, String> texts(byte[] json, Set<String> keys) throws NotJson {
        Map<String, String> found = new HashMap<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new NotJson("it is no object");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (text && keys.contains(key)) found.put(key, parser.getString());
                else parser.skipChildren();
            }
            if (parser.nextToken() != null) throw new NotJson("something stands behind it");
            return found;
        } catch (JacksonException invalid) {
            throw new NotJson(invalid.getOriginalMessage());
        }
    }

    public static byte[] bytes(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The text under a key; null if it is missing, empty or no text. */
    public static @Nullable String text(JsonNode object, String key) {
        String value = object.path(key).stringValue("");
        return value.isEmpty() ? null : value;
    }

    /** True only for a literal {@code true} under the key. */
    public static boolean flag(JsonNode object, String key) {
        return object.path(key).booleanValue(false);
    }

    /** The bytes are not a JSON value, or one beyond the bounds. */
    public static final class NotJson extends Exception {
        NotJson(String reason) {
            super(reason, null, false, false);
        }

        /** Why, in words that can be shown to whoever sent it. */
        public String reason() {
            String reason = getMessage();
            return reason == null ? "unreadable" : reason;
        }
    }
}
