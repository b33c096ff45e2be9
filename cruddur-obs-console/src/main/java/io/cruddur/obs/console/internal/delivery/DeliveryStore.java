package io.cruddur.obs.console.internal.delivery;

import io.cruddur.obs.console.internal.store.Change;
import io.cruddur.obs.console.internal.store.Changes;
import io.cruddur.obs.console.internal.store.Fill;
import io.cruddur.obs.console.internal.store.Revisions;
import io.cruddur.obs.console.internal.store.Shelf;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The newest report of each process. Thread-safe. */
public final class DeliveryStore implements Changes {

    private static final int MAX_PROCESSES = 100;
    private static final long MAX_BYTES = 1 << 20;

    /** A process reports once a second. */
    private static final long SILENT_MICROS = 5_000_000;

    private final Shelf<String, Report> reports;

    public DeliveryStore(Revisions revisions) {
        reports = new Shelf<>(revisions, MAX_PROCESSES, MAX_BYTES, Report::weight);
    }

    /** An older report than the one that is here is late, and changes nothing. */
    synchronized void add(Report report) {
        Report before = reports.get(report.process());
        if (before == null) reports.put(report.process(), report);
        else if (before.time() <= report.time()) reports.put(report.process(), report.after(before));
    }

    /**
     * By service; of each first the processes that report, in an order that stays, then those that do so no more, the one
     * that ended last at first.
     */
    synchronized List<ObjectNode> rows(long now) {
        Comparator<Report> living = Comparator.comparing((Report report) -> isSilent(report, now))
                .thenComparing(report -> isSilent(report, now) ? -report.received() : 0)
                .thenComparing(Report::process);
        return reports.newestFirst()
                .sorted(Comparator.comparing(Report::service).thenComparing(living))
                .map(Report::row)
                .toList();
    }

    private static boolean isSilent(Report report, long now) {
        return now - report.received() > SILENT_MICROS;
    }

    public synchronized Fill fill() {
        return reports.fill();
    }

    @Override
    public synchronized List<Change> changes(long after, long upTo, int limit) {
        return reports.changes(after, upTo, limit, "delivery", Report::row);
    }

    public synchronized void clear() {
        reports.clear();
    }
}
