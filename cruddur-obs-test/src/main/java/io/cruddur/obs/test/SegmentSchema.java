package io.cruddur.obs.test;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** X-Ray's public schema of segment documents. Thread-safe. */
public final class SegmentSchema {
    private static final Schema SCHEMA = read();

    private SegmentSchema() {}

    private static Schema read() {
        try (InputStream schema =
                Objects.requireNonNull(SegmentSchema.class.getResourceAsStream("xray-segmentdocument-schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the document, an entry a rule that it breaks; nothing is, if it is empty. */
    public static List<String> errors(JsonNode document) {
        return SCHEMA.validate(document).stream().map(Object::toString).toList();
    }
}
