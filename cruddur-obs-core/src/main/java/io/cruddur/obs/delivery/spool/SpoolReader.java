package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one process's segments in their order. What is damaged is passed over. Used under one lock. */
final class SpoolReader implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

    private final Segments segments;
    /** Where to go on when the open file is at its end. */
    private Position next;

    private @Nullable FrameReader file;
    private long segment;
    /** The record whose next part may come. */
    private long openRecord;
    /** Behind the last envelope that was read. */
    private Position behind;

    private int putAside;

    SpoolReader(Segments segments, Position from) {
        this.segments = segments;
        this.next = from;
        this.behind = from;
        this.openRecord = from.number() + 1;
    }

    /** Whether {@link #read} may find something. */
    boolean hasUnread() throws IOException {
        FrameReader open = file;
        if (open != null && open.hasMore()) {
            return true;
        }
        Long number = segments.from(next.segment());
        while (number != null && segments.bytes(number) <= startIn(number)) {
            number = segments.from(number + 1);
        }
        return number != null;
    }

    private long startIn(long number) {
        return number == next.segment() ? Math.max(Segments.HEADER, next.offset()) : Segments.HEADER;
    }

    /** The next envelope; null if there is none. */
    @Nullable EncodedRecord read() throws IOException {
        while (true) {
            FrameReader open = file;
            if (open == null || !open.hasMore()) {
                if (!openNext()) {
                    return null;
                }
                continue;
            }
            Frame frame = open.next();
            boolean fits = frame != null && fits(frame, open.skipped());
            openRecord = 0;
            if (frame != null && fits) {
                EncodedRecord envelope = frame.envelope();
                boolean ends = envelope.endsRecord();
                openRecord = ends ? 0 : frame.number();
                behind = new Position(segment, open.position(), ends ? frame.number() : frame.number() - 1);
                return envelope;
            }
        }
    }

    /** The place behind the envelope that was read last. */
    Position behind() {
        return behind;
    }

    /** Goes on from there: what lies before is held by others. */
    void skipTo(Position position) throws IOException {
        close();
        next = position;
        openRecord = position.number() + 1;
    }

    /** Gives the open file up. */
    void skipFile() throws IOException {
        close();
    }

    /** A record without its first part, or without one in the middle, is damaged, and its other parts are no use. */
    private boolean fits(Frame frame, long skipped) {
        return frame.startsRecord() || (skipped == 0 && frame.number() == openRecord);
    }

    private boolean openNext() throws IOException {
        Long number = segments.from(next.segment());
        if (number == null) {
            return false;
        }
        close();
        long offset = startIn(number);
        next = new Position(number + 1, Segments.HEADER, 0);
        long size = Files.size(segments.path(number));
        if (segments.isReadable(number) || hasFrame(number, offset)) {
            segment = number;
            file = new FrameReader(segments.path(number), offset);
        } else if (size >= Segments.HEADER) {
            LOG.warn(
                    "A file of the spool cannot be read and was put aside: {}.quarantined. It is damaged, or of another "
                            + "version of Cruddur Obs.",
                    segments.path(number));
            segments.quarantine(number);
            putAside += size > Segments.HEADER ? 1 : 0;
        }
        return true;
    }

    /** Each frame has a mark and a checksum of its own: a head that is damaged says nothing against them. */
    private boolean hasFrame(long number, long offset) throws IOException {
        try (var frames = new FrameReader(segments.path(number), offset)) {
            return frames.next() != null;
        }
    }

    /** Files that held something, nothing of which could be read. */
    int putAside() {
        return putAside;
    }

    @Override
    public void close() throws IOException {
        FrameReader open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
