package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.test.SegmentSchema;
import io.cruddur.obs.trace.TraceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents as the writer hands them over, each checked for what must be true of any. */
final class Documents {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Documents() {}

    static List<JsonNode> of(Recording recording) throws IOException {
        var writer = new SegmentWriter(SegmentSettings.NONE, recording.adjustments(), new Secrets());
        var documents = new ArrayList<JsonNode>();
        for (TraceRecord record : recording.finish()) {
            documents.addAll(of(writer, record));
        }
        return documents;
    }

    static List<JsonNode> of(SegmentWriter writer, TraceRecord record) throws IOException {
        var documents = new ArrayList<JsonNode>();
        int count = writer.write(record, (id, buffer, offset, length) -> {
            assertThat(length).isLessThanOrEqualTo(64_000);
            // Jackson's own limit of 1,000 levels holds here, as it would for a receiver.
            documents.add(checked(MAPPER.readTree(Arrays.copyOfRange(buffer, offset, offset + length))));
        });
        assertThat(count).isEqualTo(documents.size());
        return documents;
    }

    static JsonNode checked(JsonNode document) {
        List<String> errors = SegmentSchema.errors(document);
        if (!errors.isEmpty()) {
            String text = document.toString();
            throw new AssertionError(errors + " in " + text.substring(0, Math.min(2_000, text.length())));
        }
        return document;
    }
}
