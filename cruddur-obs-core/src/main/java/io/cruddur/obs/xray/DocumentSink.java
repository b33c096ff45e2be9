package io.cruddur.obs.xray;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gives each segment document to the application itself. A record of which one was refused is lost. */
public final class DocumentSink implements Sink<TraceRecord, TraceRecord> {
    private final Consumer<byte[]> consumer;
    private final SegmentWriter writer;

    /** A sink for the given consumer. */
    public DocumentSink(
            Consumer<byte[]> consumer, SegmentSettings settings, Adjustments adjustments, Redactor redactor) {
        this.consumer = consumer;
        this.writer = new SegmentWriter(settings, adjustments, redactor);
    }

    @Override
    public String name() {
        return "xray";
    }

    @Override
    public boolean encodesAhead() {
        return false;
    }

    @Override
    public BatchLimits limits() {
        return BatchLimits.ofCount(64);
    }

    @Override
    public void encode(TraceRecord record, Consumer<TraceRecord> out) {
        out.accept(record);
    }

    @Override
    public Answer send(List<TraceRecord> batch) {
        Map<Integer, String> lost = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                writer.write(
                        batch.get(i),
                        (id, buffer, from, length) -> consumer.accept(Arrays.copyOfRange(buffer, from, from + length)));
            } catch (Throwable e) {
                // An Error too: it is the application's, and must not stop the others.
                lost.put(i, "consumer_failed");
            }
        }
        return lost.isEmpty() ? Answer.DELIVERED : new Answer.Delivered(lost);
    }

    @Override
    public void close() {}
}
