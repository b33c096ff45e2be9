package io.cruddur.obs;

import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;

/** The local root of a trace that is not recorded: it has real ids, and is current until it is closed. */
final class UnsampledSpan extends UnsampledFrame implements IgnoringSpan {

    UnsampledSpan(Tracer tracer, long traceIdHigh, long traceIdLow) {
        super(tracer, traceIdHigh, traceIdLow);
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
}
