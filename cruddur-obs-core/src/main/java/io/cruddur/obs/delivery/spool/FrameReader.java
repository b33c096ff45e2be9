package io.cruddur.obs.delivery.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one segment file, over damage to the next that is sound. Used under one lock. */
final class FrameReader implements Closeable {
    private static final int CHUNK = 256 << 10;
    /** More may be written behind what is there now. */
    private static final int LEAST_CHUNK = 32 << 10;
    /** Checking is in proportion to the file, whatever somebody has put into it. */
    private static final int CHECKS_A_BYTE = 4;

    private final RandomAccessFile file;
    private byte[] buffer;
    /** Where in the file the buffer begins. */
    private long bufferStart;

    private int buffered;
    private long position;
    private long length;
    private long checked;
    private long skipped;

    /** Not through a channel: an interrupt would close it. */
    FrameReader(Path path, long from) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.position = from;
        this.bufferStart = from;
        this.length = file.length();
        this.buffer = new byte[(int) Math.min(CHUNK, Math.max(LEAST_CHUNK, length - from))];
    }

    /** Where the next frame begins. */
    long position() {
        return position;
    }

    /** Bytes that the last {@link #next} went over because they were no frame. */
    long skipped() {
        return skipped;
    }

    /** Bytes whose checksums were computed. */
    long checked() {
        return checked;
    }

    /** Whether something lies behind the position. */
    boolean hasMore() throws IOException {
        if (position >= length) {
            length = file.length();
        }
        return position < length;
    }

    /** The next sound frame; null if there is none up to the end of the file. */
    @Nullable Frame next() throws IOException {
        length = file.length();
        skipped = 0;
        while (length - position >= Frame.HEADER) {
            fill(Frame.HEADER);
            int at = at();
            ByteBuffer header = ByteBuffer.wrap(buffer, at, Frame.HEADER);
            int payload = header.getInt(at + 4);
            if (header.getInt(at) == Frame.MARK
                    && payload >= 0
                    && payload <= Frame.MAX_BYTES
                    && Frame.HEADER + payload <= length - position
                    && isSound(Frame.HEADER + payload)) {
                Frame frame = Frame.read(buffer, at());
                position += Frame.HEADER + payload;
                return frame;
            }
            position++;
            skipped++;
        }
        skipped += length - position;
        position = length;
        return null;
    }

    private boolean isSound(int frame) throws IOException {
        if (checked > CHECKS_A_BYTE * (length + CHUNK)) {
            return false;
        }
        checked += frame;
        fill(frame);
        return Frame.isSound(buffer, at());
    }

    private int at() {
        return (int) (position - bufferStart);
    }

    /** Has that many bytes from the position on in the buffer; the file has them. */
    private void fill(int bytes) throws IOException {
        if (at() + bytes <= buffered) {
            return;
        }
        if (bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, bytes);
        }
        int kept = Math.max(0, buffered - at());
        System.arraycopy(buffer, buffered - kept, buffer, 0, kept);
        bufferStart = position;
        buffered = kept;
        file.seek(bufferStart + kept);
        while (buffered < bytes) {
            int read = file.read(buffer, buffered, buffer.length - buffered);
            if (read < 0) {
                throw new IOException("a segment became shorter while it was read");
            }
            buffered += read;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
