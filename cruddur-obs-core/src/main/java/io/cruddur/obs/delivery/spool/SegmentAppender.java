package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Appends frames to the last segment, and begins another when it is full. Used under one lock. */
final class SegmentAppender implements Closeable {
    private static final int SEGMENT_BYTES = 8 << 20;
    /** One system call writes this much, if there is as much to write. */
    private static final int WRITE_BYTES = 256 << 10;

    private final Segments segments;
    private final Budget budget;
    private ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
    private @Nullable RandomAccessFile file;
    private long segment;
    private long length;
    /** The record that is being written or comes next. */
    private long number = 1;

    private boolean startsRecord = true;

    SegmentAppender(Segments segments, Budget budget) {
        this.segments = segments;
        this.budget = budget;
    }

    /**
     * Writes envelopes as far as there is room.
     *
     * @param written told of the place behind each one that is written
     * @throws IOException if the disk refuses; {@code written} knows what it did not
     */
    void append(List<EncodedRecord> envelopes, Consumer<Position> written) throws IOException {
        int done = 0;
        while (done < envelopes.size()) {
            int packed = pack(envelopes, done);
            if (packed == 0) {
                break;
            }
            write(envelopes, done, packed, written);
            done += packed;
        }
    }

    /** Ends the segment, if one is open; the next record begins another. */
    void endSegment() throws IOException {
        RandomAccessFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    /** Fills the buffer with frames; returns how many found room. */
    private int pack(List<EncodedRecord> envelopes, int from) {
        buffer.clear();
        int packed = 0;
        long at = number;
        boolean starts = startsRecord;
        while (from + packed < envelopes.size()) {
            EncodedRecord envelope = envelopes.get(from + packed);
            int frame = Frame.length(envelope);
            if (!budget.hasRoomFor(Segments.HEADER + buffer.position() + (long) frame)) {
                break;
            }
            if (frame > buffer.remaining()) {
                if (packed > 0) {
                    break;
                }
                buffer = ByteBuffer.allocate(frame);
            }
            new Frame(at, starts, envelope).write(buffer, buffer.array());
            starts = envelope.endsRecord();
            at += starts ? 1 : 0;
            packed++;
        }
        return packed;
    }

    private void write(List<EncodedRecord> envelopes, int from, int count, Consumer<Position> written)
            throws IOException {
        RandomAccessFile open = open();
        try {
            open.write(buffer.array(), 0, buffer.position());
        } catch (IOException e) {
            cutBack(open, e);
            throw e;
        }
        segments.add(segment, buffer.position());
        for (EncodedRecord envelope : envelopes.subList(from, from + count)) {
            length += Frame.length(envelope);
            startsRecord = envelope.endsRecord();
            written.accept(new Position(segment, length, startsRecord ? number : number - 1));
            number += startsRecord ? 1 : 0;
        }
        if (buffer.capacity() > WRITE_BYTES) {
            buffer = ByteBuffer.allocate(WRITE_BYTES);
        }
    }

    private RandomAccessFile open() throws IOException {
        if (file != null && length >= SEGMENT_BYTES) {
            endSegment();
        }
        RandomAccessFile open = file;
        if (open == null) {
            segment++;
            Path path = PrivateFiles.createFile(segments.path(segment));
            open = new RandomAccessFile(path.toFile(), "rw");
            try {
                open.write(Segments.header());
            } catch (IOException e) {
                open.close();
                Files.deleteIfExists(path);
                throw e;
            }
            file = open;
            length = Segments.HEADER;
            segments.add(segment, length);
        }
        return open;
    }

    /** What was written in part must not lie between whole frames; where it cannot be cut off, another file begins. */
    private void cutBack(RandomAccessFile open, IOException cause) throws IOException {
        try {
            open.setLength(length);
            open.seek(length);
        } catch (IOException e) {
            cause.addSuppressed(e);
            endSegment();
        }
    }

    @Override
    public void close() throws IOException {
        endSegment();
    }
}
