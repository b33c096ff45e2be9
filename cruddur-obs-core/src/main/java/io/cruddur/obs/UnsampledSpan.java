package io.cruddur.obs;

import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;
import org.jspecify.annotations.Nullable;

/** The local root of a trace that is not recorded: it has real ids, and is current until it is closed. */
final class UnsampledSpan extends UnsampledFrame implements IgnoringSpan {
    /** Made when somebody asks; two threads may at worst make two, which are alike. */
    private @Nullable Child child;

    UnsampledSpan(Tracer tracer, long traceIdHigh, long traceIdLow) {
        super(tracer, traceIdHigh, traceIdLow);
    }

    /** What stands for every span inside the trace that is current in the frame. */
    static Span childIn(Frame frame) {
        return frame.unsampledRoot() instanceof UnsampledSpan root ? root.child() : NoopSpan.INSTANCE;
    }

    private Child child() {
        Child present = child;
        if (present == null) {
            child = present = new Child(this);
        }
        return present;
    }

    @Override
    public TraceContext context() {
        return TraceContext.of(this);
    }

    @Override
    public void detach() {
        leaveThread();
    }

    @Override
    public void close() {
        end();
    }

    /** Answers with the ids of its root, on whatever thread it is asked. */
    private record Child(UnsampledSpan root) implements IgnoringSpan {
        @Override
        public TraceContext context() {
            return root.context();
        }

        @Override
        public void detach() {}

        @Override
        public void close() {}
    }
}
