package io.cruddur.obs.test;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what was sent. */
final class Documents {
    /** A tree of spans nests two levels of JSON for each of its own. */
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100_000).build())
            .build());

    private Documents() {}

    static JsonNode parse(byte[] document) {
        return MAPPER.readTree(document);
    }

    static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    static JsonNode missing() {
        return MAPPER.missingNode();
    }
}
