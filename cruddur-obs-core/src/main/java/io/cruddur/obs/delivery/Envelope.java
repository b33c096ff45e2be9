package io.cruddur.obs.delivery;

/** A record as it travels: encoded. Immutable as long as nobody writes to its bytes, and nobody does. */
public final class Envelope {
    private final byte[] bytes;
    private final long timestampMillis;

    /**
     * An encoded record.
     *
     * @param timestampMillis when the record was made, epoch milliseconds
     */
    public Envelope(byte[] bytes, long timestampMillis) {
        this.bytes = bytes;
        this.timestampMillis = timestampMillis;
    }

    /** The encoded record itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** When the record was made, epoch milliseconds. */
    public long timestampMillis() {
        return timestampMillis;
    }
}
