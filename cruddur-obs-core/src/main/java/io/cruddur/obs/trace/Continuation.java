package io.cruddur.obs.trace;

import java.util.concurrent.Callable;
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

    /** Runs the task with it current on this thread. */
    public void run(Runnable task) {
        Frame frame = frame();
        frame.enter();
        try {
            task.run();
        } finally {
            // Whatever the task left open: a pool's thread goes back as it came.
            frame.restorePrevious();
        }
    }

    /** Calls the task with it current on this thread. */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        Frame frame = frame();
        frame.enter();
        try {
            return task.call();
        } finally {
            frame.restorePrevious();
        }
    }

    private Frame frame() {
        return node == null ? new Borrowed(origin) : new RecordingFrame(node);
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
