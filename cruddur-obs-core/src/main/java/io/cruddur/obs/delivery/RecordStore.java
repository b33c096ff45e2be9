package io.cruddur.obs.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place outside memory where encoded records wait, in their order, until they are settled. Not thread-safe: one lock
 * guards all calls, but for those that say that they need none.
 *
 * @param <E> how a record travels
 */
public interface RecordStore<E extends Envelope> extends AutoCloseable {

    /** Takes losses that are found here: the reason, and how many records. */
    interface Losses {
        void lost(String reason, long records);
    }

    /**
     * Called once, before all else; does no I/O.
     *
     * @param own what is lost of this process's records
     * @param adopted what is lost of those that dead processes left
     */
    void start(Losses own, Losses adopted);

    /** Whether it is worth while to offer something: not just after it found no room or the disk refused. */
    boolean isReady();

    /** Has it be ready, since there is no later. */
    void tryAgain();

    /**
     * Keeps envelopes behind those that are there.
     *
     * @return how many of the first are kept; the others found no room
     */
    int append(List<E> envelopes);

    /** The same for envelopes that the caller goes on to hold, as if they were taken. Nothing may be unread. */
    int appendTaken(List<E> envelopes);

    /** Whether {@link #peek} may find something. */
    boolean hasUnread();

    /** The next envelope that was not taken; null if there is none. */
    @Nullable E peek();

    /** Takes the envelope that {@link #peek} gave. */
    void take();

    /** Forgets the oldest envelopes that were taken: they are settled. */
    void acknowledge(int envelopes);

    /** Records that are here and not settled. Needs no lock. */
    long records();

    /** Bytes that it takes up, what was adopted included. Needs no lock. */
    long bytes();

    /** How often something could not be kept, because there was no room or the disk refused. Needs no lock. */
    long refusals();

    /**
     * What dead processes left, taken over now; each to be read until it is empty, and then closed. Needs no lock, and may
     * take long. Called by one thread.
     */
    List<RecordStore<E>> adopt();

    /** Lets go of it. What is in it stays for another process. */
    @Override
    void close();
}
