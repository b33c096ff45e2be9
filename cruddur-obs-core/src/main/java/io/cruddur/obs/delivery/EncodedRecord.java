package io.cruddur.obs.delivery;

import java.util.UUID;

/**
 * A record, or a part of one, as bytes. Immutable as long as nobody writes to them, and nobody does.
 *
 * @param id tells the record from all others, also where it arrives twice
 * @param timestampMillis when the record was made, epoch milliseconds
 * @param severity what it is worth when there is no room for all
 * @param endsRecord false if another part of the same record follows
 * @param bytes the encoded record itself, not a copy
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedRecord(UUID id, long timestampMillis, Severity severity, boolean endsRecord, byte[] bytes)
        implements Envelope {

    @Override
    public int size() {
        return bytes.length;
    }
}
