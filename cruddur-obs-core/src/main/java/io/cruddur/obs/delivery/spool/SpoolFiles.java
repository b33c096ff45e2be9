package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RecordStore.Losses;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's directory, open: its segments, a reader, and the cursor. Whatever the disk does, nothing is thrown while
 * it is read. Used under one lock, but for {@link #records}.
 */
final class SpoolFiles implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolFiles.class);
    private static final String DAMAGED = "spool_damaged";

    /** An envelope that was read: where it ends, and whether its record is lost already. */
    private record Taken(Position behind, boolean endsRecord, boolean lost) {}

    private final ProcessDirectory directory;
    private final Segments segments;
    private final Cursor cursor;
    private final SpoolReader reader;
    private final long maxAgeMillis;
    private final Losses losses;
    /** What was read and is not settled, oldest first. */
    private final ArrayDeque<Taken> taken = new ArrayDeque<>();

    private final AtomicLong records = new AtomicLong();
    private @Nullable EncodedRecord peeked;

    private SpoolFiles(
            ProcessDirectory directory,
            Segments segments,
            Cursor cursor,
            SpoolReader reader,
            Duration maxAge,
            Losses losses) {
        this.directory = directory;
        this.segments = segments;
        this.cursor = cursor;
        this.reader = reader;
        this.maxAgeMillis = maxAge.toMillis();
        this.losses = losses;
    }

    /** Opens what is in the directory, and counts it. */
    static SpoolFiles open(ProcessDirectory directory, Budget budget, Duration maxAge, Losses losses)
            throws IOException {
        var segments = new Segments(directory.path(), budget);
        var cursor = new Cursor(directory.cursor());
        try {
            segments.list();
            Position settled = cursor.read();
            Position from = settled == null ? new Position(0, 0, 0) : settled;
            var files = new SpoolFiles(directory, segments, cursor, new SpoolReader(segments, from), maxAge, losses);
            files.records.set(count(segments, from));
            return files;
        } catch (IOException e) {
            segments.forgetAll();
            cursor.close();
            throw e;
        }
    }

    private static long count(Segments segments, Position from) throws IOException {
        long bytes = segments.bytes();
        long ended = 0;
        long first = from.number();
        long last = first;
        try (var reader = new SpoolReader(segments, from)) {
            for (EncodedRecord envelope = reader.read(); envelope != null; envelope = reader.read()) {
                last = reader.behind().number();
                if (envelope.endsRecord()) {
                    first = ended == 0 && from.segment() == 0 ? last - 1 : first;
                    ended++;
                }
            }
            // Nobody knows how many records such a file had; that there were some must not go unsaid.
            ended += reader.putAside();
        }
        // The numbers tell of records that cannot be read any more, but are not believed without limit.
        long told = last - first;
        return told > ended && told <= bytes / Frame.HEADER ? told : ended;
    }

    Segments segments() {
        return segments;
    }

    long records() {
        return records.get();
    }

    boolean hasUnread() {
        if (peeked != null) {
            return true;
        }
        try {
            return reader.hasUnread();
        } catch (IOException e) {
            passOver(e);
            return false;
        }
    }

    /** The next that is young enough. */
    @Nullable EncodedRecord peek() {
        while (peeked == null) {
            EncodedRecord envelope = next();
            if (envelope == null) {
                acknowledge(0);
                return null;
            }
            if (envelope.timestampMillis() >= System.currentTimeMillis() - maxAgeMillis) {
                peeked = envelope;
            } else {
                taken.add(new Taken(reader.behind(), envelope.endsRecord(), true));
                if (envelope.endsRecord()) {
                    lost("expired", 1);
                }
            }
        }
        return peeked;
    }

    void take() {
        if (peeked != null) {
            taken.add(new Taken(reader.behind(), peeked.endsRecord(), false));
            peeked = null;
        }
    }

    private @Nullable EncodedRecord next() {
        while (true) {
            try {
                return reader.read();
            } catch (IOException e) {
                passOver(e);
            }
        }
    }

    private void passOver(IOException e) {
        LOG.warn("A file of the spool cannot be read and is passed over: {}", e.toString());
        try {
            reader.skipFile();
        } catch (IOException again) {
            LOG.debug("It could not be closed", again);
        }
    }

    /** An envelope that was appended; if its caller goes on to hold it, it counts as read. */
    void appended(Position behind, boolean endsRecord, boolean held) {
        if (endsRecord) {
            records.incrementAndGet();
        }
        if (held) {
            taken.add(new Taken(behind, endsRecord, false));
        }
    }

    /** Has the reader go on behind the last that is held. */
    void skipHeld() throws IOException {
        Taken last = taken.peekLast();
        if (last != null) {
            reader.skipTo(last.behind());
        }
    }

    /** The oldest that were read are settled. */
    void acknowledge(int envelopes) {
        Position settled = null;
        int left = envelopes;
        for (Taken head = taken.peek(); head != null && (left > 0 || head.lost()); head = taken.peek()) {
            taken.remove();
            settled = head.behind();
            if (!head.lost()) {
                left--;
                records.addAndGet(head.endsRecord() ? -1 : 0);
            }
        }
        if (settled != null) {
            forget(settled);
        }
    }

    private void forget(Position settled) {
        try {
            cursor.write(settled);
            segments.removeBefore(settled.segment());
        } catch (IOException e) {
            LOG.warn("The spool cannot note what is settled, so that some may be sent twice: {}", e.toString());
        }
    }

    boolean isEmpty() {
        return taken.isEmpty() && !hasUnread();
    }

    /** All is read and settled: what is left by count is damaged. */
    void removeAll() throws IOException {
        long damaged = records.get();
        if (damaged > 0) {
            lost(DAMAGED, damaged);
        }
        reader.close();
        segments.removeBefore(Long.MAX_VALUE);
    }

    private void lost(String reason, long count) {
        records.addAndGet(-count);
        losses.lost(reason, count);
    }

    @Override
    public void close() throws IOException {
        reader.close();
        cursor.close();
        directory.release();
    }
}
