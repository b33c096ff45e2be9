package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** Writes a log record as one line of JSON, without secrets. Used by one thread. */
public final class JsonLines implements LogEncoder {
    private final JsonBuffer json = new JsonBuffer();
    private final String service;
    private final String environment;
    private final Redactor redactor;

    /** Lines of the given service. */
    public JsonLines(String service, String environment, Redactor redactor) {
        this.service = service;
        this.environment = environment;
        this.redactor = redactor;
    }

    @Override
    public void encode(LogRecord record, int maxBytes, Consumer<EncodedRecord> lines) {
        UUID id = Ids.uuid();
        byte[] line = write(record, id);
        if (line.length > maxBytes) {
            throw new IllegalArgumentException("a line of " + line.length + " bytes; " + maxBytes + " may be sent");
        }
        lines.accept(new EncodedRecord(id, record.timestampMillis(), record.severity(), true, line));
    }

    private byte[] write(LogRecord record, UUID id) {
        json.clear().beginObject();
        json.field("timestamp", Instant.ofEpochMilli(record.timestampMillis()).toString());
        json.field("level", record.level());
        json.field("logger", redactor.redact(record.logger()));
        json.field("thread", redactor.redact(record.thread()));
        json.field("message", redactor.redact(record.message()));
        json.field("service", service);
        json.field("environment", environment);
        SpanIds ids = record.ids();
        if (ids.isTraced()) {
            json.field("traceId", Ids.w3cTraceId(ids.traceIdHigh(), ids.traceIdLow()));
            // X-Ray finds the lines of a trace by this form of its id.
            json.key("xrayTraceId").xrayTraceId(ids.traceIdHigh(), ids.traceIdLow());
            json.key("spanId").hexId(ids.spanId());
        }
        if (!record.fields().isEmpty()) {
            json.key("fields").value(redactor.redactValue(record.fields()));
        }
        if (!record.mdc().isEmpty()) {
            json.key("mdc").value(redactor.redactValue(record.mdc()));
        }
        CapturedException exception = record.exception();
        if (exception != null) {
            json.field("exception", redactor.redact(exception.render()));
        }
        // A retry may store a line twice; by this id a reader can tell.
        json.field("eventId", id.toString());
        return json.endObject().toByteArray();
    }
}
