package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Ids;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes a log record as one line of JSON, or as several if one would be too long: each valid by itself, with the same
 * head and {@code eventId}, numbered by {@code part} of {@code parts}. The message goes through them, then the stack: joined
 * in their order they are what was logged. Used by one thread.
 */
public final class JsonLines implements LogEncoder {
    /** The least that a line may be limited to: its head needs some of it. */
    static final int LEAST_BYTES = 4_096;

    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int MAX_PARTS = 9_999_999;
    /** A few characters more in a part are not worth a field of their own. */
    private static final int LEAST_PIECE = 32;

    private final JsonBuffer json = new JsonBuffer();
    private final FieldNames names;
    private final StackText stacks;
    private final LineFields fields;
    private final Redactor redactor;

    /** Lines of the given service, as they are by default. */
    public JsonLines(String service, String environment) {
        this(service, environment, LineSettings.DEFAULT, Redactor.NONE);
    }

    /**
     * Lines of the given service.
     *
     * @param redactor applied to each text that was logged, before anything is cut
     */
    public JsonLines(String service, String environment, LineSettings settings, Redactor redactor) {
        this.names = new FieldNames(settings.format(), settings.fieldNames());
        this.stacks = new StackText(settings.foldedFrames(), settings.rootCauseFirst());
        this.fields = new LineFields(json, names, stacks, redactor, service, environment);
        this.redactor = redactor;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a line may have less than 4,096 bytes
     */
    @Override
    public void encode(LogRecord record, int maxBytes, Consumer<EncodedRecord> lines) {
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("A line needs " + LEAST_BYTES + " bytes; it may have " + maxBytes);
        }
        UUID id = Ids.uuid();
        String message = redactor.redact(record.message());
        CapturedException exception = record.exception();
        String stack = exception == null ? "" : redactor.redact(stacks.render(exception));
        if (message.length() + stack.length() < maxBytes) {
            whole(record, id, message, stack);
            if (json.length() <= maxBytes) {
                lines.accept(encoded(record, id, true));
                return;
            }
        }
        // How many there are stands in each of them, so they are counted first.
        int parts = parts(record, id, message, stack, maxBytes, MAX_PARTS, part -> {});
        parts(record, id, message, stack, maxBytes, parts, part -> lines.accept(encoded(record, id, part == parts)));
    }

    private void whole(LogRecord record, UUID id, String message, String stack) {
        json.clear().beginObject();
        fields.head(record, id, UNLIMITED);
        json.key(names.of(LogField.MESSAGE)).string(message);
        fields.details(record, UNLIMITED);
        if (!stack.isEmpty()) {
            json.key(names.of(LogField.EXCEPTION)).string(stack);
        }
        json.endObject();
    }

    /** Writes one part after the other and tells the number of each; returns how many there are. */
    private int parts(
            LogRecord record,
            UUID id,
            String message,
            String stack,
            int maxBytes,
            int parts,
            Consumer<Integer> written) {
        int part = 0;
        int messageAt = 0;
        int stackAt = 0;
        while (part == 0 || messageAt < message.length() || stackAt < stack.length()) {
            part++;
            json.clear().beginObject();
            fields.head(record, id, maxBytes);
            json.key(names.of(LogField.PART)).number(part);
            json.key(names.of(LogField.PARTS)).number(parts);
            if (part == 1) {
                fields.details(record, maxBytes);
            }
            // As if the numbers had all the digits they may have: so both rounds cut at the same places.
            int end = maxBytes - 1 - 2 * digits(MAX_PARTS) + digits(part) + digits(parts);
            if (messageAt < message.length()) {
                messageAt = piece(LogField.MESSAGE, message, messageAt, end);
            }
            if (messageAt == message.length() && stackAt < stack.length()) {
                stackAt = piece(LogField.EXCEPTION, stack, stackAt, end);
            }
            json.endObject();
            written.accept(part);
        }
        return part;
    }

    private int piece(LogField field, String text, int from, int end) {
        int room = end - json.length() - names.of(field).length - 1;
        return room < LEAST_PIECE ? from : json.key(names.of(field)).stringPart(text, from, room);
    }

    private EncodedRecord encoded(LogRecord record, UUID id, boolean last) {
        return new EncodedRecord(id, record.timestampMillis(), record.severity(), last, json.toByteArray());
    }

    private static int digits(int number) {
        return number < 10 ? 1 : 1 + digits(number / 10);
    }
}
