package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encoded records that are not settled, in one order: what is in flight, then what is in the store, then what is in
 * memory. When it is due, all that is in memory alone goes to the store, what is in flight first. Thread-safe; the
 * application's threads never come here.
 */
final class Backlog<E extends Envelope> {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** Envelopes that go to the store at a time: they are copied first. */
    private static final int PAGE = 1_024;

    private final Ledger ledger;
    private final BatchLimits limits;
    private final long maxBytes;
    private final @Nullable RecordStore<E> store;
    private final boolean writeAhead;
    /** How long a record may be in memory alone. */
    private final long safeNanos;

    private final long lingerNanos;
    private final Lanes<E> memory = new Lanes<>();
    private final List<RecordStore<E>> adopted = new CopyOnWriteArrayList<>();
    private final Unread unread = new Unread();
    private final ArrayDeque<E> inFlight = new ArrayDeque<>();
    private long inFlightSinceNanos;
    /** Where the first of those in flight are kept as well, and how many. */
    private @Nullable RecordStore<E> inFlightStore;

    private int inFlightStored;
    private boolean failing;
    private boolean closed;

    /** What the store holds that was not read: an estimate, to tell a batch that is worth its call. */
    private static final class Unread {
        private int count;
        private long bytes;
        private long sinceNanos;

        void add(Envelope envelope, long nowNanos) {
            sinceNanos = count == 0 ? nowNanos : sinceNanos;
            count++;
            bytes += envelope.size();
        }

        void remove(Envelope envelope, long nowNanos) {
            count = Math.max(0, count - 1);
            bytes = Math.max(0, bytes - envelope.size());
            sinceNanos = nowNanos;
        }
    }

    Backlog(
            Ledger ledger,
            BatchLimits limits,
            long maxBytes,
            Duration attemptTimeout,
            @Nullable RecordStore<E> store,
            boolean writeAhead) {
        this.ledger = ledger;
        this.limits = limits;
        this.maxBytes = maxBytes;
        this.store = store;
        this.writeAhead = writeAhead;
        this.lingerNanos = limits.linger().toNanos();
        this.safeNanos = lingerNanos + attemptTimeout.toNanos();
    }

    /** Takes over what dead processes left. Others need not wait while that is looked through. */
    void adopt() {
        if (store == null) {
            return;
        }
        long records = 0;
        for (RecordStore<E> orphan : store.adopt()) {
            records += orphan.records();
            ledger.adopted(orphan.records());
            adopted.add(orphan);
        }
        if (records > 0) {
            LOG.info("Took over {} records that an earlier process could not send.", records);
        }
    }

    /** Takes a record in its parts, or counts what had to go for want of room. */
    synchronized void add(List<E> parts, long nowNanos) {
        long weight = 0;
        for (E part : parts) {
            weight += Lanes.weight(part);
        }
        if (closed) {
            ledger.lost("shutdown", 1);
            return;
        }
        if (weight > maxBytes) {
            ledger.lost("too_large", 1);
            return;
        }
        if (memory.bytes() + weight > maxBytes / 2) {
            spill(nowNanos);
        }
        Severity severity = parts.get(0).severity();
        while (memory.bytes() + weight > maxBytes) {
            if (!memory.dropBelow(severity)) {
                ledger.lost(noRoom(), 1);
                return;
            }
            ledger.lost(noRoom(), 1);
        }
        for (E part : parts) {
            memory.add(part, nowNanos);
        }
    }

    private String noRoom() {
        return store == null ? "queue_full" : "spool_full";
    }

    /** Whether there is a batch in memory: enough where nothing is encoded ahead. */
    synchronized boolean hasBatch() {
        return isBatch(memory.count(), memory.payload());
    }

    private boolean isBatch(int count, long payload) {
        return count >= limits.maxCount() || payload + (long) count * limits.overheadBytes() >= limits.maxBytes();
    }

    /** Brings to the store what should not be in memory alone any longer. */
    synchronized void keepSafe(long nowNanos) {
        if (store == null || (memory.isEmpty() && inFlight.size() == inFlightStored)) {
            return;
        }
        boolean due = writeAhead || failing || store.hasUnread() || memory.bytes() > maxBytes / 2 || isOld(nowNanos);
        if (due) {
            spill(nowNanos);
        }
    }

    private boolean isOld(long nowNanos) {
        boolean flightIsOld = inFlight.size() > inFlightStored && nowNanos - inFlightSinceNanos > safeNanos;
        return flightIsOld || (!memory.isEmpty() && nowNanos - memory.oldestSinceNanos() > safeNanos);
    }

    private void spill(long nowNanos) {
        if (store == null || !store.isReady() || !storeInFlight(store)) {
            return;
        }
        int kept = PAGE;
        while (kept == PAGE && !memory.isEmpty()) {
            kept = store.append(memory.first(PAGE));
            for (int i = 0; i < kept; i++) {
                unread.add(memory.remove(), nowNanos);
            }
        }
    }

    /** They come before all that is in memory. False if not all of them found room. */
    private boolean storeInFlight(RecordStore<E> into) {
        if (inFlight.size() == inFlightStored) {
            return true;
        }
        inFlightStored +=
                into.appendTaken(inFlight.stream().skip(inFlightStored).toList());
        inFlightStore = into;
        return inFlight.size() == inFlightStored;
    }

    /** Says whether the service takes what it is sent. */
    synchronized void failing(boolean now, long nowNanos) {
        failing = now;
        if (now) {
            keepSafe(nowNanos);
        }
    }

    /** Whether {@link #take} would give a batch. */
    synchronized boolean isDue(long nowNanos, boolean urgent) {
        return inFlight.isEmpty() && (storeIsDue(nowNanos, urgent) || memoryIsDue(nowNanos, urgent) || hasAdopted());
    }

    private boolean storeIsDue(long nowNanos, boolean urgent) {
        return store != null
                && store.hasUnread()
                && (urgent || isBatch(unread.count, unread.bytes) || nowNanos - unread.sinceNanos >= lingerNanos);
    }

    private boolean memoryIsDue(long nowNanos, boolean urgent) {
        return !memory.isEmpty() && (urgent || hasBatch() || nowNanos - memory.oldestSinceNanos() >= lingerNanos);
    }

    private boolean hasAdopted() {
        return !adopted.isEmpty();
    }

    /** The next batch, which is in flight then; null if none is due. The batch before is settled. */
    synchronized @Nullable List<E> take(long nowNanos, boolean urgent) {
        if (closed) {
            return null;
        }
        if (store != null && store.hasUnread()) {
            if (storeIsDue(nowNanos, urgent)) {
                takeFrom(store, nowNanos);
            }
        } else if (memoryIsDue(nowNanos, urgent)) {
            takeFromMemory();
        }
        if (inFlight.isEmpty()) {
            takeAdopted(nowNanos);
        }
        return inFlight.isEmpty() ? null : List.copyOf(inFlight);
    }

    private void takeFromMemory() {
        var batch = new BatchSize(limits);
        inFlightSinceNanos = memory.oldestSinceNanos();
        for (E next = memory.peek(); next != null && batch.add(next); next = memory.peek()) {
            inFlight.add(memory.remove());
        }
    }

    private void takeFrom(RecordStore<E> from, long nowNanos) {
        var batch = new BatchSize(limits);
        for (E next = from.peek(); next != null && batch.add(next); next = from.peek()) {
            from.take();
            inFlight.add(next);
            if (from == store) {
                unread.remove(next, nowNanos);
            }
        }
        inFlightStored = inFlight.size();
        inFlightStore = from;
    }

    private void takeAdopted(long nowNanos) {
        while (inFlight.isEmpty() && !adopted.isEmpty()) {
            RecordStore<E> orphan = adopted.get(0);
            takeFrom(orphan, nowNanos);
            if (inFlight.isEmpty()) {
                orphan.close();
                adopted.remove(0);
            }
        }
    }

    /**
     * So many of the first in flight are delivered or lost. Not so if the end came meanwhile: then they are on disk, or
     * counted as lost already.
     *
     * @param count counts them
     */
    synchronized void settled(int envelopes, Runnable count) {
        if (!closed) {
            if (isAdopted(inFlightStore)) {
                ledger.adoptedSettled(inFlight.stream()
                        .limit(envelopes)
                        .filter(Envelope::endsRecord)
                        .count());
            }
            count.run();
            settled(envelopes);
        }
    }

    private boolean isAdopted(@Nullable RecordStore<E> from) {
        return from != null && from != store;
    }

    private void settled(int count) {
        for (int i = 0; i < count; i++) {
            inFlight.removeFirst();
        }
        int acknowledged = Math.min(count, inFlightStored);
        if (inFlightStore != null && acknowledged > 0) {
            inFlightStored -= acknowledged;
            inFlightStore.acknowledge(acknowledged);
        }
    }

    /** Puts the first in flight behind all others. False if there is no store with room for it. */
    synchronized boolean requeue(long nowNanos) {
        if (closed || store == null) {
            return false;
        }
        E first = inFlight.getFirst();
        if (!storeInFlight(store) || store.append(List.of(first)) == 0) {
            return false;
        }
        unread.add(first, nowNanos);
        if (isAdopted(inFlightStore)) {
            ledger.adoptedBecameOwn();
        }
        settled(1);
        return true;
    }

    synchronized boolean isEmpty() {
        return inFlight.isEmpty() && memory.isEmpty() && adopted.isEmpty() && (store == null || !store.hasUnread());
    }

    /** The end: what can be kept is, the rest is counted. A second call does nothing. */
    synchronized void shutDown() {
        if (closed) {
            return;
        }
        if (store != null) {
            store.tryAgain();
        }
        spill(System.nanoTime());
        closed = true;
        long left = unstoredInFlight() + memory.records();
        inFlight.clear();
        inFlightStored = 0;
        while (!memory.isEmpty()) {
            memory.remove();
        }
        if (left > 0) {
            ledger.lost("shutdown", left);
        }
        adopted.forEach(RecordStore::close);
        if (store != null) {
            store.close();
        }
    }

    /** Records that are really here, on disk or not. */
    synchronized long held() {
        return stored() + memory.records() + unstoredInFlight();
    }

    private long unstoredInFlight() {
        return inFlight.stream()
                .skip(inFlightStored)
                .filter(Envelope::endsRecord)
                .count();
    }

    /** Records on disk. Takes no lock: what a metric asks for must not wait for a disk. */
    long stored() {
        long stored = store == null ? 0 : store.records();
        for (RecordStore<E> orphan : adopted) {
            stored += orphan.records();
        }
        return stored;
    }

    long storeBytes() {
        return store == null ? 0 : store.bytes();
    }

    long storeRefusals() {
        return store == null ? 0 : store.refusals();
    }
}
