package io.cruddur.obs.delivery;

/** A record as bytes. Immutable as long as nobody writes to them, and nobody does. */
public final class EncodedRecord implements Envelope {
    private final byte[] bytes;
    private final long timestampMillis;

    /**
     * An encoded record.
     *
     * @param timestampMillis when the record was made, epoch milliseconds
     */
    public EncodedRecord(byte[] bytes, long timestampMillis) {
        this.bytes = bytes;
        this.timestampMillis = timestampMillis;
    }

    /** The encoded record itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public long timestampMillis() {
        return timestampMillis;
    }
}
