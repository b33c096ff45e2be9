package io.cruddur.obs.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The counters behind the law. Thread-safe. */
final class Ledger {
    /** A reason may be a service's own word: what it says must not fill the memory. */
    private static final int MAX_REASONS = 64;

    /** Nor must what a service says at length. */
    private static final int MAX_REASON_LENGTH = 200;

    /** How many records the queue has taken: it counts them anyway, in the step that takes one. */
    private final LongSupplier queued;

    /** Records of dead processes that were taken over. */
    private final LongAdder adopted = new LongAdder();

    /** Of these, how many are settled or wait among this process's own. */
    private final LongAdder adoptedGone = new LongAdder();

    /** Of these, how many wait among this process's own. */
    private final LongAdder adoptedAsOwn = new LongAdder();

    private final LongAdder delivered = new LongAdder();
    /** Epoch milliseconds; 0 for never. */
    private volatile long lastDelivered;

    private volatile SinkCounts.@Nullable Failure lastFailure;

    /** Records that did not get into the queue. */
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    /** Records that did, and are gone. */
    private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();

    /** A moment in the life of a sink, told by how many records it had taken from the application and from dead processes. */
    record Mark(long own, long adopted) {
        static final Mark START = new Mark(0, 0);

        Mark orLater(Mark other) {
            return new Mark(Math.max(own, other.own), Math.max(adopted, other.adopted));
        }
    }

    Ledger(LongSupplier queued) {
        this.queued = queued;
    }

    /** Counts the records that were offered and not taken for the given reason. */
    LongAdder refusals(String reason) {
        return count(refused, reason);
    }

    void adopted(long count) {
        adopted.add(count);
    }

    /** Some of the adopted are delivered or lost, which is counted after this. */
    void adoptedSettled(long count) {
        adoptedGone.add(count);
    }

    /** One of the adopted waits behind this process's own from here on. */
    void adoptedBecameOwn() {
        adoptedGone.increment();
        adoptedAsOwn.increment();
    }

    void delivered(long count) {
        if (count > 0) {
            lastDelivered = System.currentTimeMillis();
        }
        delivered.add(count);
    }

    /** An attempt to deliver failed, whatever becomes of its records. */
    void failed(String reason) {
        lastFailure = new SinkCounts.Failure(System.currentTimeMillis(), reason.isEmpty() ? "unknown" : cut(reason));
    }

    private static String cut(String reason) {
        if (reason.length() <= MAX_REASON_LENGTH) {
            return reason;
        }
        boolean inPair = Character.isHighSurrogate(reason.charAt(MAX_REASON_LENGTH - 1));
        return reason.substring(0, inPair ? MAX_REASON_LENGTH - 1 : MAX_REASON_LENGTH);
    }

    void lost(String reason, long count) {
        count(lost, reason).add(count);
    }

    private static LongAdder count(Map<String, LongAdder> byReason, String reason) {
        LongAdder known = byReason.get(reason);
        if (known != null) {
            return known;
        }
        String kept = byReason.size() < MAX_REASONS ? reason : "other";
        return byReason.computeIfAbsent(kept, unused -> new LongAdder());
    }

    /** Records that were taken, from the application or from dead processes. */
    private long takenSoFar() {
        return adopted.sum() + queued.getAsLong();
    }

    /** All that was taken until now. */
    Mark mark() {
        return new Mark(queued.getAsLong() + adoptedAsOwn.sum(), adopted.sum());
    }

    /**
     * Whether all up to the mark is settled. What was refused counts for nothing here: a flush would take it for records
     * that it waits for. What a dead process left is counted apart, since it does not come in the order of the others. The
     * order in which the counters are read is the opposite of that in which they are written, so that too little may be
     * seen, and never too much.
     */
    boolean isSettled(Mark mark) {
        long settled = delivered.sum() + sum(lost);
        long asOwn = adoptedAsOwn.sum();
        long gone = adoptedGone.sum();
        return settled - gone + asOwn >= mark.own() && gone >= mark.adopted();
    }

    long deliveredSoFar() {
        return delivered.sum();
    }

    private static long sum(Map<String, LongAdder> byReason) {
        long sum = 0;
        for (LongAdder count : byReason.values()) {
            sum += count.sum();
        }
        return sum;
    }

    /**
     * Delivered and lost are read before taken: a record is taken before it is settled, so pending never comes out
     * negative. What was refused is read once, for it stands on both sides of the law.
     *
     * @param stored records that wait in a store, as its owner counts them
     * @param storeBytes what the store takes up
     * @param storeRefusals how often the store took nothing
     */
    SinkCounts counts(String sink, LongSupplier stored, long storeBytes, long storeRefusals) {
        var gone = new TreeMap<String, Long>();
        long lostNow = addTo(gone, lost);
        long refusedNow = addTo(gone, refused);
        long deliveredNow = delivered.sum();
        long storedNow = stored.getAsLong();
        long takenNow = takenSoFar();
        long pending = takenNow - deliveredNow - lostNow;
        return new SinkCounts(
                sink,
                takenNow + refusedNow,
                deliveredNow,
                pending,
                Math.min(pending, storedNow),
                storeBytes,
                storeRefusals,
                gone,
                lastDelivered,
                lastFailure);
    }

    private static long addTo(Map<String, Long> gone, Map<String, LongAdder> byReason) {
        long sum = 0;
        for (Map.Entry<String, LongAdder> reason : byReason.entrySet()) {
            long count = reason.getValue().sum();
            if (count > 0) {
                gone.merge(reason.getKey(), count, Long::sum);
                sum += count;
            }
        }
        return sum;
    }
}
