package io.cruddur.obs.error;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The throwables that were reported of late, by identity and through their causes: whoever comes second with one learns
 * under which id it is known. The last 4,096 of them, for a minute, held weakly: one that is thrown again later, as some
 * libraries do with an object that they keep, is another failure. Thread-safe.
 */
public final class SeenThrowables {
    /** Enough for any wrapping; causes may go round in a circle. */
    private static final int MAX_CHAIN = 16;

    private static final int BUCKETS = 1_024;
    private static final int WAYS = 4;
    static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A report of a throwable, and the id that it has got. Thread-safe. */
    public static final class Report {
        private final SpanIds ids;
        private @Nullable String uuid;

        /** One of a throwable that was reported in the given trace, or in none. */
        public Report(SpanIds ids) {
            this.ids = ids;
        }

        /** The span that was current. */
        public SpanIds ids() {
            return ids;
        }

        /** The id of the item; a new one where nobody has asked before. */
        public synchronized String uuid() {
            String present = uuid;
            if (present == null) {
                uuid = present = Ids.uuid().toString();
            }
            return present;
        }

        /** Says that it has no item of its own but is counted in another; gives the id that it is known under. */
        public synchronized String countedIn(String other) {
            if (uuid == null) {
                uuid = other;
            }
            return uuid;
        }
    }

    private static final class Seen extends WeakReference<Throwable> {
        final Report report;
        final long sinceNanos;

        Seen(Throwable throwable, Report report, long sinceNanos) {
            super(throwable);
            this.report = report;
            this.sinceNanos = sinceNanos;
        }

        boolean isOver(long now) {
            return get() == null || now - sinceNanos > KEPT_NANOS;
        }
    }

    private final @Nullable Seen[] table = new Seen[BUCKETS * WAYS];

    /**
     * Notes that the throwable is being reported, unless it was: it, what it wraps, or what wraps it.
     *
     * @return the report that was first; null if this one is, which {@code report} is then
     */
    public @Nullable Report claim(Throwable throwable, Report report, long now) {
        // Outside the lock: a cause is the application's word.
        @Nullable Throwable[] chain = chain(throwable);
        synchronized (table) {
            Report known = findAny(chain, now);
            if (known != null) {
                return known;
            }
            for (Throwable each : chain) {
                if (each != null) {
                    put(each, report, now);
                }
            }
            return null;
        }
    }

    /** Under which id the throwable was reported; null if it was not. */
    public @Nullable Report known(Throwable throwable, long now) {
        @Nullable Throwable[] chain = chain(throwable);
        synchronized (table) {
            return findAny(chain, now);
        }
    }

    private @Nullable Report findAny(@Nullable Throwable[] chain, long now) {
        for (Throwable each : chain) {
            Report known = each == null ? null : find(each, now);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the same throwable, whatever its class calls equal
    private @Nullable Report find(Throwable throwable, long now) {
        int from = bucket(throwable);
        for (int i = from; i < from + WAYS; i++) {
            Seen seen = table[i];
            if (seen != null && seen.get() == throwable && !seen.isOver(now)) {
                return seen.report;
            }
        }
        return null;
    }

    private void put(Throwable throwable, Report report, long now) {
        int from = bucket(throwable);
        int oldest = from;
        for (int i = from; i < from + WAYS; i++) {
            Seen seen = table[i];
            if (seen == null || seen.isOver(now)) {
                oldest = i;
                break;
            }
            Seen other = table[oldest];
            if (other != null && seen.sinceNanos - other.sinceNanos < 0) {
                oldest = i;
            }
        }
        table[oldest] = new Seen(throwable, report, now);
    }

    static int bucket(Throwable throwable) {
        int hash = System.identityHashCode(throwable);
        return ((hash ^ (hash >>> 10)) & (BUCKETS - 1)) * WAYS;
    }

    /** It and its causes; the rest of the array is null. */
    @SuppressWarnings("ReferenceEquality")
    private static @Nullable Throwable[] chain(Throwable throwable) {
        Throwable cause = CapturedException.cause(throwable);
        if (cause == null || cause == throwable) {
            return new Throwable[] {throwable};
        }
        @Nullable Throwable[] chain = new Throwable[MAX_CHAIN];
        chain[0] = throwable;
        for (int i = 1; i < MAX_CHAIN && cause != null; i++) {
            chain[i] = cause;
            cause = CapturedException.cause(cause);
            if (cause == throwable) {
                break;
            }
        }
        return chain;
    }
}
