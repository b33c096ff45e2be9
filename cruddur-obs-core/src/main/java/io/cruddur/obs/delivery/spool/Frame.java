package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Severity;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * How an envelope lies on disk: a mark to find it by after damage, its length, a checksum of all else, and then flags,
 * the record's number, id and time, and the bytes.
 *
 * @param number counts the records of one directory; the parts of a record share theirs
 * @param startsRecord false for a part that has another before it
 * @param envelope what was written
 */
record Frame(long number, boolean startsRecord, EncodedRecord envelope) {
    static final int MARK = 0xC0B5_5E6D;
    static final int HEADER = 48;
    /** Far over what any service takes in one record: a length beyond it is damage. */
    static final int MAX_BYTES = 16 << 20;

    private static final int CHECKED_FROM = 12;
    private static final int ENDS_RECORD = 1 << 8;
    private static final int STARTS_RECORD = 1 << 9;
    private static final Severity[] SEVERITIES = Severity.values();

    /** The length of the frame of an envelope. */
    static int length(EncodedRecord envelope) {
        return HEADER + envelope.size();
    }

    /** Writes it at the buffer's position, which has room for it. */
    void write(ByteBuffer to, byte[] array) {
        int start = to.position();
        int flags = envelope.severity().rank()
                | (envelope.endsRecord() ? ENDS_RECORD : 0)
                | (startsRecord ? STARTS_RECORD : 0);
        to.putInt(MARK).putInt(envelope.size()).putInt(0);
        to.putInt(flags).putLong(number);
        to.putLong(envelope.id().getMostSignificantBits())
                .putLong(envelope.id().getLeastSignificantBits())
                .putLong(envelope.timestampMillis());
        to.put(envelope.bytes());
        to.putInt(start + 8, checksum(array, start, envelope.size()));
    }

    /** Whether a frame that lies whole in the array from there is as it was written. */
    static boolean isSound(byte[] bytes, int start) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        return frame.getInt(start + 8) == checksum(bytes, start, frame.getInt(start + 4));
    }

    /** The frame that lies there; it is sound. */
    static Frame read(byte[] bytes, int start) {
        ByteBuffer from = ByteBuffer.wrap(bytes).position(start + 4);
        var payload = new byte[from.getInt()];
        from.position(start + CHECKED_FROM);
        int flags = from.getInt();
        long number = from.getLong();
        var id = new UUID(from.getLong(), from.getLong());
        long timestamp = from.getLong();
        from.get(payload);
        Severity severity = SEVERITIES[Math.min(flags & 0xFF, SEVERITIES.length - 1)];
        var envelope = new EncodedRecord(id, timestamp, severity, (flags & ENDS_RECORD) != 0, payload);
        return new Frame(number, (flags & STARTS_RECORD) != 0, envelope);
    }

    private static int checksum(byte[] bytes, int start, int payload) {
        var crc = new CRC32C();
        crc.update(bytes, start + 4, 4);
        crc.update(bytes, start + CHECKED_FROM, HEADER - CHECKED_FROM + payload);
        return (int) crc.getValue();
    }
}
