package io.cruddur.obs.xray;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes records ahead of their sending, a part for each segment document. Used by one thread. */
final class SegmentDocuments {
    private final SegmentWriter writer;
    private final DocumentConsumer keeper = this::keep;
    private Consumer<EncodedRecord> out = part -> {};
    private @Nullable TraceRecord record;
    /** Held back until it is known whether it is the last. */
    private byte @Nullable [] last;

    private long lastId;
    private long number;

    SegmentDocuments(SegmentSettings settings, Adjustments adjustments, Redactor redactor) {
        this.writer = new SegmentWriter(settings, adjustments, redactor);
    }

    /** Writes all documents of a record; none, if there is nothing to say any more. */
    void encode(TraceRecord of, Consumer<EncodedRecord> to) {
        out = to;
        record = of;
        last = null;
        try {
            writer.write(of, keeper);
            handOn(of, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            record = null;
            last = null;
        }
    }

    private void keep(long id, byte[] buffer, int offset, int length) {
        if (record != null) {
            handOn(record, false);
        }
        last = Arrays.copyOfRange(buffer, offset, offset + length);
        lastId = id;
    }

    private void handOn(TraceRecord of, boolean endsRecord) {
        byte[] document = last;
        if (document != null) {
            // Numbered: a span that goes on is there twice, as it is and as it was when it had ended.
            var id = new UUID(of.tree().idLow() + number++, lastId);
            long millis = of.topmost().startEpochMicros() / 1_000;
            out.accept(new EncodedRecord(id, millis, of.severity(), endsRecord, document));
        }
    }
}
