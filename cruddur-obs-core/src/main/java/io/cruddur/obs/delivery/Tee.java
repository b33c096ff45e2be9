package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A sink that gives each record to branches as well, before it is encoded for itself. */
record Tee<R extends Weighted, E extends Envelope>(Sink<R, E> first, List<Branch<R>> others) implements Sink<R, E> {
    @Override
    public String name() {
        return first.name();
    }

    @Override
    public BatchLimits limits() {
        return first.limits();
    }

    @Override
    public Duration attemptTimeout() {
        return first.attemptTimeout();
    }

    @Override
    public boolean encodesAhead() {
        return first.encodesAhead();
    }

    @Override
    public void encode(R record, Consumer<E> out) {
        for (Branch<R> other : others) {
            other.take(record);
        }
        first.encode(record, out);
    }

    @Override
    public boolean isObsolete(R record) {
        return first.isObsolete(record);
    }

    @Override
    public Answer send(List<E> batch) throws Exception {
        return first.send(batch);
    }

    @Override
    public void close() {
        first.close();
    }
}
