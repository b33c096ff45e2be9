package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes a log record as the plain text that its pattern made of it, and the exception behind it on lines of its own. Control
 * characters that were logged are escaped, so that nobody can forge a line. A text that is too long is cut into parts that begin with {@code (1/3 id)}. Used
 * by one thread.
 */
public final class TextLines implements LogEncoder {
    /** A number, a number and an id with what stands around them. */
    private static final int MOST_BEFORE = 64;

    private final StackText stacks;
    private final Redactor redactor;

    /**
     * Lines of text.
     *
     * @param redactor applied to each text that was logged, before anything is escaped or cut
     */
    public TextLines(LineSettings settings, Redactor redactor) {
        this.redactor = redactor;
        this.stacks = new StackText(settings.foldedFrames(), settings.rootCauseFirst(), this::harmless);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a line may have less than 4,096 bytes
     */
    @Override
    public void encode(LogRecord record, int maxBytes, Consumer<EncodedRecord> lines) {
        if (maxBytes < JsonLines.LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "A line needs " + JsonLines.LEAST_BYTES + " bytes; it may have " + maxBytes);
        }
        UUID id = Ids.uuid();
        byte[] line = text(record).getBytes(StandardCharsets.UTF_8);
        List<byte[]> parts = line.length <= maxBytes ? List.of(line) : cut(line, maxBytes - MOST_BEFORE, id);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            lines.accept(new EncodedRecord(id, record.timestampMillis(), record.severity(), last, parts.get(i)));
        }
    }

    private String text(LogRecord record) {
        String rendered = record.text();
        String line = harmless(rendered == null ? usual(record) : rendered);
        CapturedException exception = record.exception();
        String text = exception == null ? line : line + '\n' + stacks.render(exception);
        // CloudWatch takes no empty event, and with it refuses its whole batch.
        return text.isEmpty() ? "(empty)" : text;
    }

    /** Redacted first: an escaped control character no longer ends what stands beside it. */
    private String harmless(String text) {
        return ControlCharacters.escape(redactor.redact(text));
    }

    /** For what was logged before the pattern was known. */
    private static String usual(LogRecord record) {
        return Instant.EPOCH.plusNanos(record.timestampMicros() * 1_000) + " " + record.level() + " [" + record.thread()
                + "] " + record.logger() + " - " + record.message();
    }

    private static List<byte[]> cut(byte[] line, int maxBytes, UUID id) {
        var cuts = new ArrayList<Integer>();
        for (int at = 0; at < line.length; at = characterAt(line, at + maxBytes)) {
            cuts.add(at);
        }
        cuts.add(line.length);
        int parts = cuts.size() - 1;
        var result = new ArrayList<byte[]>(parts);
        for (int i = 0; i < parts; i++) {
            byte[] number = ("(" + (i + 1) + '/' + parts + ' ' + id + ") ").getBytes(StandardCharsets.US_ASCII);
            int length = cuts.get(i + 1) - cuts.get(i);
            byte[] part = new byte[number.length + length];
            System.arraycopy(number, 0, part, 0, number.length);
            System.arraycopy(line, cuts.get(i), part, number.length, length);
            result.add(part);
        }
        return result;
    }

    /** The place, or the beginning of the character that goes through it. */
    private static int characterAt(byte[] utf8, int place) {
        int at = Math.min(place, utf8.length);
        while (at < utf8.length && (utf8[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }
}
