package io.cruddur.obs.trace;

import io.cruddur.obs.baggage.Baggage;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a thread into traced work: what is current on that thread until the entry is over. A frame lives as long
 * as its entry, so changing the current span is a plain write to a young object instead of a look-up in the thread's
 * map. Only its own thread touches it.
 */
public abstract class Frame {
    private static final ThreadLocal<@Nullable Frame> CURRENT = new ThreadLocal<>();

    final Tracer tracer;
    private @Nullable Frame previous;
    /** What goes to the next process beside the ids; of this entry alone, and of what is begun or handed on in it. */
    private @Nullable Carried carried;
    /** Whether it was entered by {@link Tracer#switchTo}, and goes with the next call. */
    private boolean switched;

    Frame(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The innermost entry of this thread that is not over; whatever ended meanwhile, in any order, is skipped. */
    public static @Nullable Frame current() {
        Frame frame = CURRENT.get();
        if (frame == null || !frame.isOver()) {
            return frame;
        }
        do {
            frame = frame.previous;
        } while (frame != null && frame.isOver());
        CURRENT.set(frame);
        return frame;
    }

    /** The frame that belongs to the given tracer, if one is current. */
    static @Nullable Frame current(Tracer tracer) {
        Frame frame = current();
        return frame != null && frame.tracer == tracer ? frame : null;
    }

    /** The trace id's first 64 bits: epoch seconds and 32 random bits. */
    public abstract long traceIdHigh();

    /** The trace id's last 64 bits. */
    public abstract long traceIdLow();

    /** The id of the span that is current here. */
    public abstract long spanId();

    /**
     * Begins a child of what is current here, which becomes current; for instrumentation that knows no tracer and traces for
     * whomever it is called.
     *
     * @return null if nothing is recorded here, or no more can be kept
     */
    public final @Nullable SpanNode beginChild(String name, Kind kind) {
        return tracer.beginChild(this, name, kind);
    }

    /** The same for a child that does not become current. */
    public final @Nullable SpanNode beginAside(String name, Kind kind) {
        SpanNode parent = currentSpan();
        return parent == null ? null : tracer.beginAside(parent, name, kind);
    }

    /** The recorded span that is current here; null where nothing is recorded. */
    public @Nullable SpanNode currentSpan() {
        return null;
    }

    /** The local root that is not recorded; null where spans are. */
    public @Nullable UnsampledFrame unsampledRoot() {
        return null;
    }

    /** The tracer whose entry it is; null for an entry in which nothing is current. */
    public final @Nullable Tracer tracer() {
        return tracer;
    }

    /** What is remembered of the trace here for the case that something fails; made when it is asked for. Null where nothing is current. */
    public abstract @Nullable Trail trail();

    /** What goes to the next process beside the ids. */
    public final Carried carried() {
        Carried present = carried;
        return present == null ? Carried.NOTHING : present;
    }

    final void carry(@Nullable Carried newCarried) {
        carried = newCarried;
    }

    /** Replaces the application's values, from here on until this entry is over. */
    public final void carry(Baggage baggage) {
        carried = carried().with(baggage);
    }

    /** Whether spans are recorded here. */
    public abstract boolean sampled();

    /** Whether the next process is told to record: not if what is recorded here will not be sent after all. */
    public boolean sampledDownstream() {
        return sampled();
    }

    /** Whether nothing of this entry is current any more. */
    abstract boolean isOver();

    /** Enters it in place of what was switched to before. */
    final void switchTo() {
        switched = true;
        enter();
    }

    /** Leaves what was switched to, and gives what is current then. */
    static @Nullable Frame leaveSwitched() {
        Frame frame = current();
        while (frame != null && frame.switched) {
            frame.restorePrevious();
            frame = current();
        }
        return frame;
    }

    final void enter() {
        previous = current();
        CURRENT.set(this);
    }

    /** Makes what was current before current again, if this is the innermost entry of the calling thread. */
    final void leave() {
        if (CURRENT.get() == this) {
            CURRENT.set(previous);
        }
    }

    /** The same, unless something of this entry goes on. */
    final void leaveIfOver() {
        if (CURRENT.get() == this && isOver()) {
            CURRENT.set(previous);
        }
    }

    /** Makes the node, and all that became current after it on this thread, no longer current here. */
    static void leaveThread(SpanNode node) {
        for (Frame frame = CURRENT.get(); frame != null; frame = frame.previous) {
            if (frame.release(node)) {
                CURRENT.set(frame);
                current();
                return;
            }
        }
    }

    /** Makes this entry, and all that was entered after it on this thread, no longer current here. */
    public final void leaveThread() {
        if (leaveIfEntered()) {
            tracer.currentChanged(false);
        }
    }

    /** The same; false if it is no entry of this thread, or not any more. */
    final boolean leaveIfEntered() {
        for (Frame frame = CURRENT.get(); frame != null; frame = frame.previous) {
            if (frame == this) {
                restorePrevious();
                return true;
            }
        }
        return false;
    }

    /** Whether the node was current here, itself or below others; it is not any more. */
    boolean release(SpanNode node) {
        return false;
    }

    /** Makes what was current before current again, discarding whatever was entered since. */
    final void restorePrevious() {
        CURRENT.set(previous);
    }
}
