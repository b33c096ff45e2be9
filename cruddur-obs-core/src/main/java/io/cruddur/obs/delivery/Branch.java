package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A further way for the records of a pipeline: encoded on the thread that empties its queue, as a record may be read by one
 * thread only, and from there with a pipeline and a law of their own.
 *
 * @param <R> the record
 */
public final class Branch<R extends Weighted> {

    /** A record in its parts. */
    private record Parts(List<EncodedRecord> list, int weight) implements Weighted {
        static Parts of(List<EncodedRecord> list) {
            return new Parts(list, list.stream().mapToInt(EncodedRecord::size).sum());
        }

        @Override
        public Severity severity() {
            return list.get(0).severity();
        }
    }

    /** The sink again, for records that are encoded. */
    private record Encoded<R extends Weighted>(Sink<R, EncodedRecord> sink) implements Sink<Parts, EncodedRecord> {
        @Override
        public String name() {
            return sink.name();
        }

        @Override
        public BatchLimits limits() {
            return sink.limits();
        }

        @Override
        public Duration attemptTimeout() {
            return sink.attemptTimeout();
        }

        @Override
        public void encode(Parts parts, Consumer<EncodedRecord> out) {
            parts.list().forEach(out);
        }

        @Override
        public Answer send(List<EncodedRecord> batch) throws Exception {
            return sink.send(batch);
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    private final Sink<R, EncodedRecord> sink;
    private final Pipeline<Parts> pipeline;

    private Branch(Sink<R, EncodedRecord> sink, Pipeline<Parts> pipeline) {
        this.sink = sink;
        this.pipeline = pipeline;
    }

    /** Starts the threads of a way; a store is closed with it, and without one what waits does so in memory. */
    public static <R extends Weighted> Branch<R> start(
            Sink<R, EncodedRecord> sink,
            PipelineSettings settings,
            @Nullable RecordStore<EncodedRecord> store,
            boolean writeAhead) {
        var encoded = new Encoded<R>(sink);
        return new Branch<>(
                sink,
                store == null
                        ? Pipeline.inMemory(encoded, settings)
                        : Pipeline.withStore(encoded, settings, store, writeAhead));
    }

    Pipeline<?> pipeline() {
        return pipeline;
    }

    /** Takes a record; never throws. */
    void take(R record) {
        var parts = new ArrayList<EncodedRecord>(1);
        try {
            sink.encode(record, parts::add);
        } catch (Throwable e) {
            pipeline.failed("encode_failed");
            return;
        }
        if (!parts.isEmpty()) {
            pipeline.offer(Parts.of(parts));
        } else if (!sink.isObsolete(record)) {
            pipeline.failed("encoded_to_nothing");
        }
    }
}
