package io.cruddur.obs.test;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * X-Ray's public schema of segment documents, tightened: that one allows unknown keys, a missing end and ids of any
 * letters. Ours closes the vocabulary, asks for either {@code end_time} or {@code in_progress}, for ids of hexadecimal
 * digits, and of a subsegment that is sent alone for what names its parent. Letters in names are what Java calls so, as
 * the public schema's own {@code java_pattern} says; its list of them is years old. Thread-safe.
 */
public final class SegmentSchema {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectNode TIGHTENED = tightened();
    private static final Schema SEGMENT = schema(TIGHTENED);
    private static final Schema SUBSEGMENT = schema(subsegment());

    private SegmentSchema() {}

    private static ObjectNode tightened() {
        ObjectNode schema = read("xray-segmentdocument-schema.json");
        merge(schema, read("xray-segmentdocument-tightened.json"));
        return schema;
    }

    private static ObjectNode read(String name) {
        try (InputStream schema = Objects.requireNonNull(SegmentSchema.class.getResourceAsStream(name))) {
            return (ObjectNode) MAPPER.readTree(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is said twice is as the addition says it; a reference stands for all that was said in its place. */
    private static void merge(ObjectNode schema, ObjectNode addition) {
        if (addition.has("$ref")) {
            schema.removeAll();
        }
        for (Map.Entry<String, JsonNode> entry : addition.properties()) {
            if (entry.getValue() instanceof ObjectNode more
                    && schema.get(entry.getKey()) instanceof ObjectNode present) {
                merge(present, more);
            } else {
                schema.set(entry.getKey(), entry.getValue());
            }
        }
    }

    /** A subsegment that is sent alone: what it is in its parent, and what says where that is. */
    private static ObjectNode subsegment() {
        ObjectNode alone = MAPPER.createObjectNode();
        alone.set("$schema", TIGHTENED.get("$schema"));
        alone.set("definitions", TIGHTENED.get("definitions"));
        alone.putArray("allOf")
                .add(MAPPER.readTree("{\"$ref\": \"#/definitions/subsegment\"}"))
                .add(MAPPER.readTree("{\"required\": [\"id\", \"trace_id\", \"parent_id\", \"type\"]}"));
        return alone;
    }

    private static Schema schema(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(schema);
    }

    /** What is wrong with the document, an entry a rule that it breaks; nothing is, if it is empty. */
    public static List<String> errors(JsonNode document) {
        Schema schema = document.path("type").asString("").equals("subsegment") ? SUBSEGMENT : SEGMENT;
        return schema.validate(document).stream().map(Object::toString).toList();
    }
}
