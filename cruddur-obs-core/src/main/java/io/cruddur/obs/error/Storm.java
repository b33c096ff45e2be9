package io.cruddur.obs.error;

import io.cruddur.obs.trace.Ids;
import org.jspecify.annotations.Nullable;

/** The errors of one key: how many of them were sent of late, and how many were folded since. Used under a lock. */
final class Storm {
    private final long[] sentAt;
    private final long windowNanos;
    private int sent;
    private boolean folding;
    private long foldedUntil;
    private long folded;
    private long firstMillis;
    private long lastMillis;
    private @Nullable ErrorRecord sample;
    private String uuid = "";

    /**
     * A group without errors.
     *
     * @param limit how many are sent in a window, one by one
     */
    Storm(int limit, long windowNanos) {
        this.sentAt = new long[limit];
        this.windowNanos = windowNanos;
    }

    /** Whether there were too many, and the next is folded without a look at it. */
    boolean isFolding() {
        return folding;
    }

    /** Takes one to be sent by itself; false if there were as many in the last window, or there is a storm. */
    boolean mayBeSent(long now) {
        if (folding) {
            return false;
        }
        int at = sent % sentAt.length;
        if (sent >= sentAt.length && now - sentAt[at] < windowNanos) {
            folding = true;
            foldedUntil = now + windowNanos;
            uuid = Ids.uuid().toString();
            return false;
        }
        sentAt[at] = now;
        // A count that has wrapped round would be one of a window that was not full.
        sent = sent == 2 * sentAt.length - 1 ? sentAt.length : sent + 1;
        return true;
    }

    /** No more are folded with it unless they are looked at: whoever still has it is not to count on it. */
    void end() {
        folding = false;
    }

    /** Whether somebody who folded one is about to say what it was. */
    boolean awaitsSample() {
        return folded > 0 && sample == null;
    }

    /** What stands for those that are folded; the first of a storm will do. */
    boolean needsSample() {
        return sample == null;
    }

    void sample(ErrorRecord record) {
        sample = record;
    }

    /** Folds one; gives the id of the item that will tell of it. */
    String fold(long nowMillis) {
        if (folded++ == 0) {
            firstMillis = nowMillis;
        }
        lastMillis = nowMillis;
        return uuid;
    }

    void unfold() {
        folded = Math.max(0, folded - 1);
    }

    boolean isDue(long now) {
        return folding && now - foldedUntil >= 0;
    }

    /** The item that says how many were folded, if any were; the next window begins. A calm one ends the storm. */
    @Nullable ErrorRecord tell(long now) {
        ErrorRecord of = sample;
        if (awaitsSample()) {
            return null;
        }
        ErrorRecord told =
                of == null || folded == 0 ? null : of.standingFor(uuid, new Folded(folded, firstMillis, lastMillis));
        folding = folded > sentAt.length;
        foldedUntil = now + windowNanos;
        uuid = Ids.uuid().toString();
        folded = 0;
        if (!folding) {
            sample = null;
        }
        return told;
    }

    long folded() {
        return folded;
    }
}
