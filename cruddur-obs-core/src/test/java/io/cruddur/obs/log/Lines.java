package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.SpanIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records to be written, and what was written of them, read by a parser that takes no key twice. */
final class Lines {
    static final int ROOMY = 1_048_550;
    static final SpanIds IN_A_TRACE = new SpanIds(0x5759e988bd862e3fL, 0xe1be46a994272793L, 0x53995c3f42cd8ad8L);

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Lines() {}

    static LogRecord record(
            String message,
            Map<String, @Nullable Object> fields,
            Map<String, @Nullable String> mdc,
            @Nullable Throwable thrown) {
        return new LogRecord(
                1_795_400_223_000_001L,
                Severity.WARN,
                "app.Home",
                "main",
                message,
                fields,
                mdc,
                List.of("AUDIT"),
                thrown == null ? null : CapturedException.of(thrown),
                new StackTraceElement("app.Home", "all", "Home.java", 12),
                null,
                IN_A_TRACE,
                null);
    }

    static LogRecord record(String message) {
        return record(message, Map.of(), Map.of(), null);
    }

    static LogRecord text(@Nullable String text, String message, @Nullable Throwable thrown) {
        LogRecord r = record(message, Map.of(), Map.of(), thrown);
        return new LogRecord(
                r.timestampMicros(),
                r.severity(),
                r.logger(),
                r.thread(),
                r.message(),
                r.fields(),
                r.mdc(),
                r.markers(),
                r.exception(),
                r.caller(),
                text,
                r.ids(),
                r.errorUuid());
    }

    static JsonLines encoder(LineSettings settings) {
        return new JsonLines("backend", "test", settings, Redactor.NONE);
    }

    static List<EncodedRecord> encode(LogEncoder encoder, LogRecord record, int maxBytes) {
        var parts = new ArrayList<EncodedRecord>();
        encoder.encode(record, maxBytes, parts::add);
        return parts;
    }

    static JsonNode one(LogEncoder encoder, LogRecord record) {
        List<EncodedRecord> parts = encode(encoder, record, ROOMY);
        if (parts.size() != 1) {
            throw new AssertionError(parts.size() + " parts");
        }
        return parsed(parts.get(0));
    }

    static JsonNode parsed(EncodedRecord part) {
        return STRICT.readTree(part.bytes());
    }

    static String utf8(EncodedRecord part) {
        return new String(part.bytes(), StandardCharsets.UTF_8);
    }
}
