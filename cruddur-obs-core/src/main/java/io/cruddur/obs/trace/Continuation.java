package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** What was current on one thread, to be current on another while a task runs. Immutable; may be used many times. */
public final class Continuation {
    private final Frame origin;
    private final @Nullable SpanNode node;

    private Continuation(Frame origin, @Nullable SpanNode node) {
        this.origin = origin;
        this.node = node;
    }

    static Continuation of(Frame frame) {
        return new Continuation(frame, frame instanceof RecordingFrame recording ? recording.currentNode() : null);
    }

    /** Makes it current on this thread. Close the result on the same thread. */
    public Scope enter() {
        return new Scope(node == null ? new Borrowed(origin) : borrow(node));
    }

    private static Frame borrow(SpanNode node) {
        var frame = new RecordingFrame(node.tree.tracer);
        frame.makeCurrent(node);
        return frame;
    }

    /** Ends what {@link #enter} began. */
    public static final class Scope implements AutoCloseable {
        private final Frame frame;

        private Scope(Frame frame) {
            this.frame = frame;
            frame.enter();
        }

        /** Restores what was current, whatever the task left open: a pool's thread goes back as it came. */
        @Override
        public void close() {
            frame.restorePrevious();
        }
    }

    /** An unsampled frame on a thread that did not begin it. */
    private static final class Borrowed extends Frame {
        private final Frame origin;

        Borrowed(Frame origin) {
            super(origin.tracer);
            this.origin = origin;
        }

        @Override
        public long traceIdHigh() {
            return origin.traceIdHigh();
        }

        @Override
        public long traceIdLow() {
            return origin.traceIdLow();
        }

        @Override
        public long spanId() {
            return origin.spanId();
        }

        @Override
        public boolean sampled() {
            return false;
        }

        @Override
        boolean isOver() {
            return false;
        }
    }
}
