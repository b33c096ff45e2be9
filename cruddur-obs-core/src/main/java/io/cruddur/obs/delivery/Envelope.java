package io.cruddur.obs.delivery;

/** A record as it travels. Most are encoded once; one that is written as it is sent is its own envelope. */
public interface Envelope extends Ranked {
    /** Its bytes, as they count against {@link BatchLimits#maxBytes}. */
    int size();

    /** When the record was made, epoch milliseconds; batches are in this order. */
    long timestampMillis();

    /** Tells it from all others. */
    default Object id() {
        return this;
    }

    /** False for a part of a record of which another follows: the record is settled with its last part. */
    default boolean endsRecord() {
        return true;
    }
}
