package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedException;
import org.jspecify.annotations.Nullable;

/** What few trees have. Thread-safe. */
final class TreeExtra {
    private record Seen(Throwable throwable, CapturedException captured) {}

    /** The last exception recorded in the tree; two threads may at worst copy one twice. */
    private volatile @Nullable Seen seenLast;

    private volatile @Nullable String user;
    private volatile @Nullable String origin;
    private volatile boolean unwanted;
    private @Nullable Trail trail;
    /** What the sink's worker has taken of a tree that is not sealed. */
    private volatile @Nullable TakenSpans taken;

    /** An exception that passes through several spans is copied once, and is the same object in each. */
    @SuppressWarnings("ReferenceEquality") // the same throwable, whatever its class calls equal
    CapturedException captured(Throwable throwable) {
        Seen last = seenLast;
        if (last == null || last.throwable != throwable) {
            seenLast = last = new Seen(throwable, CapturedException.of(throwable));
        }
        return last.captured;
    }

    synchronized Trail trail() {
        Trail present = trail;
        if (present == null) {
            trail = present = new Trail();
        }
        return present;
    }

    /** Nothing fails in it any more, and what is remembered must not wait with it to be sent. */
    synchronized void forgetTrail() {
        trail = null;
    }

    void user(String newUser) {
        user = newUser;
    }

    @Nullable String user() {
        return user;
    }

    void origin(@Nullable String newOrigin) {
        origin = newOrigin;
    }

    @Nullable String origin() {
        return origin;
    }

    void unwanted(boolean now) {
        unwanted = now;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    void taken(TakenSpans spans) {
        taken = spans;
    }

    @Nullable TakenSpans taken() {
        return taken;
    }

    /** How many spans were handed over before the tree. */
    int takenCount() {
        TakenSpans spans = taken;
        return spans == null ? 0 : spans.count();
    }
}
