package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the fields of a line that are no message and no stack. Used by one thread. */
final class LineFields {
    private static final int SMALLEST = 64;
    private static final int MAX_KNOWN = 1_024;

    private final JsonBuffer json;
    private final FieldNames names;
    private final StackText stacks;
    private final Redactor redactor;
    private final String service;
    private final String environment;
    private final Labels labels = new Labels();
    /** Loggers and threads are few, and redaction reads each character. */
    private final Map<String, String> known = new HashMap<>();

    LineFields(
            JsonBuffer json,
            FieldNames names,
            StackText stacks,
            Redactor redactor,
            String service,
            String environment) {
        this.json = json;
        this.names = names;
        this.stacks = stacks;
        this.redactor = redactor;
        this.service = service;
        this.environment = environment;
    }

    /** What stands in each part of a line: when, where, in which trace, and which event it is. */
    void head(LogRecord record, UUID id, int maxBytes) {
        int most = share(maxBytes, 32);
        json.key(names.of(LogField.TIMESTAMP)).isoTime(record.timestampMicros());
        json.key(names.of(LogField.LEVEL)).string(record.level());
        json.key(names.of(LogField.LOGGER)).string(redactedOnce(record.logger()), most);
        json.key(names.of(LogField.THREAD)).string(redactedOnce(record.thread()), most);
        json.key(names.of(LogField.SERVICE)).string(service, most);
        json.key(names.of(LogField.ENVIRONMENT)).string(environment, most);
        SpanIds ids = record.ids();
        if (ids.isTraced()) {
            json.key(names.of(LogField.TRACE_ID)).string(Ids.w3cTraceId(ids.traceIdHigh(), ids.traceIdLow()));
            // X-Ray finds the lines of a trace by this form of its id.
            json.key(names.of(LogField.XRAY_TRACE_ID)).xrayTraceId(ids.traceIdHigh(), ids.traceIdLow());
            json.key(names.of(LogField.SPAN_ID)).hexId(ids.spanId());
        }
        // A retry may store a line twice; by this id a reader can tell.
        json.key(names.of(LogField.EVENT_ID)).string(id.toString());
    }

    /** What stands in the first part only; what would take too much of it is shortened. */
    void details(LogRecord record, int maxBytes) {
        if (!record.markers().isEmpty()) {
            int from = key(LogField.MARKERS);
            json.value(redactor.redactValue(record.markers()));
            shorten(from, share(maxBytes, 32));
        }
        Map<String, @Nullable String> mdc = MdcOfLine.of(record);
        if (names.mdcIsAmongFields()) {
            object(LogField.FIELDS, labels.of(record.fields(), mdc), share(maxBytes, 8));
        } else {
            object(LogField.FIELDS, record.fields(), share(maxBytes, 16));
            object(LogField.MDC, mdc, share(maxBytes, 16));
        }
        CapturedException exception = record.exception();
        if (exception != null) {
            exception(exception, share(maxBytes, 32));
        }
        if (record.errorUuid() != null) {
            json.key(names.of(LogField.ERROR_UUID)).string(record.errorUuid());
        }
        StackTraceElement caller = record.caller();
        if (caller != null) {
            caller(caller, share(maxBytes, 64));
        }
    }

    private void exception(CapturedException exception, int most) {
        json.key(names.of(LogField.EXCEPTION_TYPE)).string(exception.type(), most);
        String message = exception.message();
        if (message != null) {
            json.key(names.of(LogField.EXCEPTION_MESSAGE)).string(redactor.redact(message), most);
        }
        json.key(names.of(LogField.STACK_HASH)).string(stacks.hash(exception));
    }

    private void caller(StackTraceElement caller, int most) {
        json.key(names.of(LogField.CALLER_METHOD)).string(caller.getClassName() + '.' + caller.getMethodName(), most);
        if (caller.getFileName() != null) {
            json.key(names.of(LogField.CALLER_FILE)).string(caller.getFileName(), most);
        }
        json.key(names.of(LogField.CALLER_LINE)).number(caller.getLineNumber());
    }

    private void object(LogField field, Map<String, ? extends @Nullable Object> entries, int maxBytes) {
        if (entries.isEmpty()) {
            return;
        }
        int from = key(field);
        json.beginObject();
        int left = entries.size();
        for (Map.Entry<String, ? extends @Nullable Object> entry : entries.entrySet()) {
            int before = json.length();
            String name = String.valueOf(entry.getKey());
            json.key(redactor.redact(name));
            int value = json.length();
            json.value(redactor.redactValue(name, entry.getValue()));
            shorten(value, Math.max(SMALLEST, maxBytes / 2));
            if (json.length() - from > maxBytes - SMALLEST / 2) {
                json.cutBackTo(before, left < entries.size()).field("<more>", left);
                break;
            }
            left--;
        }
        json.endObject();
    }

    private int key(LogField field) {
        json.key(names.of(field));
        return json.length();
    }

    private void shorten(int from, int maxBytes) {
        if (json.length() - from > maxBytes) {
            json.valueToText(from, maxBytes);
        }
    }

    private String redactedOnce(String text) {
        String redacted = known.get(text);
        if (redacted == null) {
            if (known.size() == MAX_KNOWN) {
                known.clear();
            }
            redacted = redactor.redact(text);
            known.put(text, redacted);
        }
        return redacted;
    }

    private static int share(int maxBytes, int parts) {
        return Math.max(SMALLEST, maxBytes / parts);
    }
}
