package io.cruddur.obs.error;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many errors of one key through a minute, and folds the others: while there are too many, one item a minute says
 * how many there were, until a minute has passed with no more than the limit. So in no 60 seconds there is more than one
 * item over the limit. Thread-safe.
 *
 * <p>To tell errors apart their stacks are read, 5 to 50 µs each. In a storm that is done for 1% of one processor's time;
 * an error beyond that, of a type of which there are too many already, is folded with the last that was looked at.
 */
public final class Storms {
    /** As many keys are told apart; the one that was quiet longest makes room. */
    private static final int MAX_STORMS = 1_024;

    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long READING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final int limit;
    private final long windowNanos;
    private final Map<Long, Storm> storms = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, Storm> byKind = new LinkedHashMap<>(16, 0.75f, true);
    private final List<ErrorRecord> untold = new ArrayList<>();
    private long roundUntil = System.nanoTime();
    private long readInRound;

    /**
     * One that lets so many errors of a key through.
     *
     * @param limit how many in a window; 1 or more
     * @param window how long it is
     */
    public Storms(int limit, Duration window) {
        this.limit = limit;
        this.windowNanos = window.toNanos();
    }

    /**
     * Folds an error without a look at its stack, if there are too many of its kind and enough of them were looked at.
     *
     * @param kind see {@link ErrorKeys#kindOf}
     * @return the id of the item that will tell of it; null if it has to be looked at
     */
    public synchronized @Nullable String foldUnread(long kind, long now, long nowMillis) {
        Storm storm = byKind.get(kind);
        if (storm == null || !storm.isFolding() || storm.needsSample() || mayRead(now)) {
            return null;
        }
        return storm.fold(nowMillis);
    }

    private boolean mayRead(long now) {
        if (now - roundUntil >= 0) {
            roundUntil = now + ROUND_NANOS;
            readInRound = 0;
        }
        return readInRound < READING_NANOS;
    }

    /** Says that a stack of the kind was read, which belongs to the key, and how long it took. */
    public synchronized void read(long kind, long key, long nanos) {
        readInRound += nanos;
        byKind.put(kind, storm(key));
        if (byKind.size() > MAX_STORMS) {
            byKind.remove(byKind.keySet().iterator().next());
        }
    }

    /** Takes an error; null if it is to be sent, else the id of the item that will tell of it. */
    public synchronized @Nullable String fold(long key, long now, long nowMillis) {
        Storm storm = storm(key);
        return storm.mayBeSent(now) ? null : storm.fold(nowMillis);
    }

    private Storm storm(long key) {
        Storm present = storms.get(key);
        if (present == null) {
            present = new Storm(limit, windowNanos);
            storms.put(key, present);
            if (storms.size() > MAX_STORMS) {
                makeRoom();
            }
        }
        return present;
    }

    /** Nothing is folded any more with what nobody walks over. */
    private void makeRoom() {
        for (Iterator<Storm> each = storms.values().iterator(); each.hasNext(); ) {
            Storm eldest = each.next();
            if (!eldest.awaitsSample()) {
                each.remove();
                tell(eldest, 0);
                eldest.end();
                return;
            }
        }
    }

    /** Whether there is nothing yet that could stand for the key's folded errors. */
    public synchronized boolean needsSample(long key) {
        return storm(key).needsSample();
    }

    /** Takes one back that was folded: it is left out after all. */
    public synchronized void unfold(long key) {
        storm(key).unfold();
    }

    /** What stands for the key's folded errors. */
    public synchronized void sample(long key, ErrorRecord record) {
        storm(key).sample(record);
    }

    /** The items that tell of folded errors and are due now. */
    public synchronized List<ErrorRecord> due(long now) {
        for (Storm storm : storms.values()) {
            if (storm.isDue(now)) {
                tell(storm, now);
            }
        }
        return takeUntold();
    }

    /** The same for all of them, due or not: nobody will ask again. */
    public synchronized List<ErrorRecord> all() {
        storms.values().forEach(storm -> tell(storm, 0));
        return takeUntold();
    }

    private void tell(Storm storm, long now) {
        ErrorRecord told = storm.tell(now);
        if (told != null) {
            untold.add(told);
        }
    }

    private List<ErrorRecord> takeUntold() {
        if (untold.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(untold);
        untold.clear();
        return taken;
    }

    /** Folded errors of which no item has told yet. */
    public synchronized long waiting() {
        long waiting = 0;
        for (Storm storm : storms.values()) {
            waiting += storm.folded();
        }
        for (ErrorRecord told : untold) {
            waiting += told.folded() == null ? 0 : told.folded().count();
        }
        return waiting;
    }
}
