package io.cruddur.obs;

import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.trace.TraceOutput;
import io.cruddur.obs.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/** Leads finished spans to their pipeline, which needs the tracer before it can be made, as the tracer needs this. */
final class TracePipeline implements TraceOutput {
    /** Set before any span can begin; plain, for it is read at the end of each request. */
    private @Nullable Pipeline<TraceRecord> pipeline;

    void open(Pipeline<TraceRecord> ready) {
        pipeline = ready;
    }

    @Override
    public void accept(TraceRecord record) {
        Pipeline<TraceRecord> ready = pipeline;
        if (ready != null) {
            ready.offer(record);
        }
    }

    @Override
    public void wake() {
        Pipeline<TraceRecord> ready = pipeline;
        if (ready != null) {
            ready.wake();
        }
    }
}
