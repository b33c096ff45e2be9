package io.cruddur.obs.trace;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was current on one thread, to be current on another while a task runs. Immutable; may be used many times. */
public final class Continuation {
    private final Supplier<Frame> frames;
    private final Carried carried;

    private Continuation(Supplier<Frame> frames, Carried carried) {
        this.frames = frames;
        this.carried = carried;
    }

    /** What is current in the given frame; null if nothing is. */
    static @Nullable Continuation of(Frame frame) {
        UnsampledFrame root = frame.unsampledRoot();
        if (root != null) {
            return new Continuation(() -> new Borrowed(root), frame.carried());
        }
        SpanNode node = frame.currentSpan();
        return node == null ? null : new Continuation(() -> new RecordingFrame(node), frame.carried());
    }

    /** Runs the task with it current on this thread. */
    public void run(Runnable task) {
        Frame frame = enter();
        try {
            task.run();
        } finally {
            leave(frame);
        }
    }

    /** Gets the value with it current on this thread. */
    public <T extends @Nullable Object> T get(Supplier<T> task) {
        Frame frame = enter();
        try {
            return task.get();
        } finally {
            leave(frame);
        }
    }

    /** Calls the task with it current on this thread. */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        Frame frame = enter();
        try {
            return task.call();
        } finally {
            leave(frame);
        }
    }

    private Frame enter() {
        Frame frame = frames.get();
        frame.carry(carried);
        frame.enter();
        frame.tracer.currentChanged(false);
        return frame;
    }

    /** Whatever the task left open: a pool's thread goes back as it came. */
    private static void leave(Frame frame) {
        frame.restorePrevious();
        frame.tracer.currentChanged(false);
    }

    /** An unsampled frame on a thread that did not begin it. */
    static final class Borrowed extends Frame {
        private final UnsampledFrame origin;

        Borrowed(UnsampledFrame origin) {
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
        public Trail trail() {
            return origin.trail();
        }

        @Override
        public UnsampledFrame unsampledRoot() {
            return origin;
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
