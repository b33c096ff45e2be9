package io.cruddur.obs.delivery.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Up to where everything is settled, on disk. Written in turn to one of two slots, so that a write that was torn leaves
 * the one before.
 */
final class Cursor implements Closeable {
    private static final int SLOT = 64;
    private static final int CHECKED = 32;

    private final RandomAccessFile file;
    private final ByteBuffer slot = ByteBuffer.allocate(SLOT);
    private long writes;

    Cursor(Path path) throws IOException {
        file = new RandomAccessFile(PrivateFiles.createFileIfMissing(path).toFile(), "rw");
    }

    /** The latest that is sound; null if none is. */
    @Nullable Position read() throws IOException {
        Position latest = null;
        for (int i = 0; i < 2 && file.length() >= (long) SLOT * (i + 1); i++) {
            file.seek((long) SLOT * i);
            file.readFully(slot.array());
            if (slot.getInt(CHECKED) == checksum() && slot.getLong(0) > writes) {
                writes = slot.getLong(0);
                latest = new Position(slot.getLong(8), slot.getLong(16), slot.getLong(24));
            }
        }
        return latest;
    }

    void write(Position position) throws IOException {
        writes++;
        slot.putLong(0, writes)
                .putLong(8, position.segment())
                .putLong(16, position.offset())
                .putLong(24, position.number());
        slot.putInt(CHECKED, checksum());
        file.seek(SLOT * (writes % 2));
        file.write(slot.array());
    }

    private int checksum() {
        var crc = new CRC32C();
        crc.update(slot.array(), 0, CHECKED);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
