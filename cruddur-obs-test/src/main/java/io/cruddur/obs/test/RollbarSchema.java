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
import tools.jackson.databind.json.JsonMapper;

/** Rollbar's documented form of an item, closed where the documents list what there is. Thread-safe. */
public final class RollbarSchema {
    private static final Schema ITEM = read();

    private RollbarSchema() {}

    private static Schema read() {
        try (InputStream schema =
                Objects.requireNonNull(RollbarSchema.class.getResourceAsStream("rollbar-item-schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JsonMapper.shared().readTree(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with an item, whole: an object with {@code data}; nothing if it is in order. */
    public static List<String> errors(JsonNode item) {
        return ITEM.validate(item).stream().map(Object::toString).toList();
    }
}
