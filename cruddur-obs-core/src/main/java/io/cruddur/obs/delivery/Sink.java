package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a back end adds to the pipeline: how a record becomes bytes, how a batch of them travels and what the answer
 * means. {@link #encode} is called by one thread, and {@link #send} and then {@link #close} by one: the same if nothing is
 * {@linkplain #encodesAhead() encoded ahead}, otherwise another. What they share has to be safe between two threads.
 *
 * @param <R> the record
 * @param <E> how it travels
 */
public interface Sink<R extends Weighted, E extends Envelope> extends AutoCloseable {

    /** The name under which the law is reported, such as {@code xray}. */
    String name();

    /** How much goes into one {@link #send}. */
    BatchLimits limits();

    /**
     * Encodes, into one envelope or several parts in their order; only the last of them ends the record.
     *
     * @param out takes them
     * @throws RuntimeException the record is counted as lost: {@code encode_failed}
     */
    void encode(R record, Consumer<E> out);

    /**
     * Whether a record that was encoded to nothing had nothing to say any more, as word of a span that goes on when it has
     * ended meanwhile; else it counts as lost: {@code encoded_to_nothing}.
     */
    default boolean isObsolete(R record) {
        return false;
    }

    /**
     * Sends one attempt, within a time limit of the sink's own.
     *
     * @throws Exception any failure of I/O; it is retried
     */
    Answer send(List<E> batch) throws Exception;

    /**
     * Whether records are encoded on a thread of their own, so that one that is slow to send keeps nothing waiting in the
     * form in which it holds the application's objects. False for a sink whose sending never waits for an answer.
     */
    default boolean encodesAhead() {
        return true;
    }

    /** The time limit of one {@link #send}; together with the linger, the longest that records wait in memory alone. */
    default Duration attemptTimeout() {
        return Duration.ofSeconds(5);
    }

    /** This sink, and each record to branches as well; their pipelines are to be closed behind its own. */
    default Sink<R, E> with(List<Branch<R>> branches) {
        return branches.isEmpty() ? this : new Tee<>(this, branches);
    }

    /** Frees clients and sockets. Called once, after the last {@link #send}. */
    @Override
    void close();
}
