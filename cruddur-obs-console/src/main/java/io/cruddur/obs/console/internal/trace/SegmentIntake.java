package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where other protocols hand in what they have made a segment document of. Thread-safe. */
public final class SegmentIntake {

    /** What X-Ray's OTLP endpoint takes of a span: more than it takes of a document. */
    private static final int MAX_BYTES = 200 * 1024;

    private final TraceStore traces;

    public SegmentIntake(TraceStore traces) {
        this.traces = traces;
    }

    /** Keeps it; else the reason why not. */
    public @Nullable String add(ObjectNode document) {
        byte[] json = Json.bytes(document);
        if (json.length > MAX_BYTES) return "a span is larger than " + MAX_BYTES + " bytes";
        try {
            return traces.add(SegmentDocument.of(document, json)) ? null : "the console keeps no more of this trace";
        } catch (SegmentDocument.Rejected rejected) {
            return rejected.getMessage();
        }
    }
}
