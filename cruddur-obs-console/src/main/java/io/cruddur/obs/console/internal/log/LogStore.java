package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.store.Change;
import io.cruddur.obs.console.internal.store.Changes;
import io.cruddur.obs.console.internal.store.Fill;
import io.cruddur.obs.console.internal.store.Revisions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The newest log lines. A line never changes, so a queue is enough, and cheap at a high rate. Thread-safe. */
public final class LogStore implements Changes {

    public static final int MAX_LINES = 20_000;
    public static final long MAX_BYTES = 20L << 20;

    private record Kept(LogLine line, long revision) {}

    private final Revisions revisions;
    private final Deque<Kept> lines = new ArrayDeque<>();
    private long lastNumber;
    private long bytes;
    private long evicted;

    public LogStore(Revisions revisions) {
        this.revisions = revisions;
    }

    synchronized void add(List<LogLine> batch) {
        for (LogLine line : batch) {
            lastNumber++;
            lines.addLast(new Kept(line.numbered(lastNumber), revisions.next()));
            bytes += line.weight();
        }
        while (lines.size() > MAX_LINES || bytes > MAX_BYTES) {
            bytes -= lines.removeFirst().line.weight();
            evicted++;
        }
    }

    /** The newest that fit, in their order of arrival. */
    List<LogLine> newest(Predicate<LogLine> filter, int limit) {
        List<LogLine> found = new ArrayList<>();
        List<LogLine> all = snapshot();
        for (int i = all.size() - 1; i >= 0 && found.size() < limit; i--) {
            if (filter.test(all.get(i))) found.add(all.get(i));
        }
        Collections.reverse(found);
        return found;
    }

    /** All that fit, by their own time. */
    List<LogLine> byTime(Predicate<LogLine> filter) {
        return snapshot().stream()
                .filter(filter)
                .sorted(Comparator.comparingLong(LogLine::timestamp).thenComparingLong(LogLine::number))
                .toList();
    }

    /** The lines of a trace as the page shows them, by their time. */
    public List<ObjectNode> ofTrace(String traceId) {
        return byTime(line -> traceId.equals(line.traceId())).stream()
                .map(LogLine::row)
                .toList();
    }

    public synchronized Fill fill() {
        return new Fill(lines.size(), MAX_LINES, bytes, MAX_BYTES, evicted);
    }

    synchronized long evicted() {
        return evicted;
    }

    @Override
    public synchronized List<Change> changes(long after, long upTo, int limit) {
        List<Change> found = new ArrayList<>();
        Iterator<Kept> newestFirst = lines.descendingIterator();
        while (newestFirst.hasNext() && found.size() < limit) {
            Kept kept = newestFirst.next();
            if (kept.revision <= after) break;
            if (kept.revision <= upTo) found.add(new Change(kept.revision, "log", kept.line.row()));
        }
        Collections.reverse(found);
        return found;
    }

    public synchronized void clear() {
        lines.clear();
        bytes = 0;
        evicted = 0;
    }

    /** Filters read texts, which takes longer than a writer should wait for the lock. */
    private synchronized List<LogLine> snapshot() {
        List<LogLine> all = new ArrayList<>(lines.size());
        for (Kept kept : lines) all.add(kept.line);
        return all;
    }
}
