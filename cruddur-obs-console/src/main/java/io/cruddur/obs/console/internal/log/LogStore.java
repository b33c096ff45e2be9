package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.store.Change;
import io.cruddur.obs.console.internal.store.Changes;
import io.cruddur.obs.console.internal.store.Fill;
import io.cruddur.obs.console.internal.store.Revisions;
import io.cruddur.obs.console.internal.store.Shelf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The newest log lines. Thread-safe. */
public final class LogStore implements Changes {

    public static final int MAX_LINES = 20_000;
    public static final long MAX_BYTES = 20L << 20;

    private final Shelf<Long, LogLine> lines;
    private long lastNumber;

    public LogStore(Revisions revisions) {
        lines = new Shelf<>(revisions, MAX_LINES, MAX_BYTES, LogLine::weight);
    }

    synchronized void add(List<LogLine> batch) {
        for (LogLine line : batch) {
            lastNumber++;
            lines.put(lastNumber, line.numbered(lastNumber));
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
        return lines.fill();
    }

    synchronized long evicted() {
        return lines.evicted();
    }

    @Override
    public synchronized List<Change> changes(long after, long upTo, int limit) {
        return lines.changes(after, upTo, limit, "log", LogLine::row);
    }

    public synchronized void clear() {
        lines.clear();
    }

    /** Filters read texts, which takes longer than a writer should wait for the lock. */
    private synchronized List<LogLine> snapshot() {
        return lines.oldestFirst().toList();
    }
}
