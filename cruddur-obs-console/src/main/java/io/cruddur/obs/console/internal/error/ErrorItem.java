package io.cruddur.obs.console.internal.error;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.store.Texts;
import io.cruddur.obs.console.internal.trace.TraceId;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One Rollbar item: what groups and lists need, and its {@code data} (never the access token beside it).
 *
 * @param occurred in microseconds
 * @param stands for how many occurrences it stands: 1, or as many as it says were folded into it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ErrorItem(
        String uuid,
        String fingerprint,
        String title,
        String level,
        long occurred,
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable String service,
        long stands,
        byte[] data) {

    private static final Set<String> LEVELS = Set.of("critical", "error", "warning", "info", "debug");
    private static final int MAX_UUID = 36;
    private static final int MAX_TITLE = 255;
    private static final int MAX_SPAN_ID = 32;

    /** @throws Invalid if Rollbar would not process it */
    static ErrorItem of(JsonNode data) throws Invalid {
        if (!data.isObject()) throw new Invalid("data is required and must be an object");
        ErrorBody body = ErrorBody.of(data.path("body"));
        String uuid = Json.text(data, "uuid");
        if (uuid != null && uuid.length() > MAX_UUID) {
            throw new Invalid("data.uuid must have at most " + MAX_UUID + " characters");
        }
        String level = data.path("level").stringValue("error").toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) throw new Invalid("data.level must be one of " + LEVELS);

        String title = Json.text(data, "title");
        String fingerprint = Json.text(data, "fingerprint");
        JsonNode custom = data.path("custom");
        String spanId = Json.text(custom, "spanId");
        String service = Json.text(custom, "service");
        long occurred = Micros.ofSeconds(data.path("timestamp"));
        return new ErrorItem(
                uuid == null ? UUID.randomUUID().toString() : uuid,
                Fingerprint.of(fingerprint == null ? body.identity() : fingerprint),
                Texts.shortened(title == null ? body.title() : title, MAX_TITLE),
                level,
                occurred == Micros.NONE ? Micros.now() : occurred,
                traceId(custom),
                spanId != null && spanId.length() <= MAX_SPAN_ID ? spanId : null,
                service == null ? null : Texts.shortened(service, MAX_TITLE),
                Math.max(1, custom.path("folded").path("count").asLong(1)),
                Json.bytes(data));
    }

    private static @Nullable String traceId(JsonNode custom) {
        String xray = TraceId.xray(Json.text(custom, "xrayTraceId"));
        return xray != null ? xray : TraceId.xray(Json.text(custom, "traceId"));
    }

    /** The item is JSON, and not one that can be processed. */
    static final class Invalid extends Exception {

        private final String reason;

        Invalid(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
