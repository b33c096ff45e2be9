package io.cruddur.obs;

import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.log.CaptureSettings;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Adjustments;

/** The log signal of one {@link Obs}: its pipeline, and where it counts what is not sent as it was said. */
record LogPipeline(Pipeline<LogRecord> pipeline, CaptureSettings capture, Adjustments adjustments)
        implements LogSignal {
    @Override
    public void accept(LogRecord record) {
        pipeline.offer(record);
    }

    @Override
    public void lost(String reason) {
        pipeline.failed(reason);
    }

    @Override
    public void truncated() {
        adjustments.countSilently(Adjustment.VALUE_TRUNCATED);
    }

    @Override
    public void replaced() {
        adjustments.countSilently(Adjustment.CALLBACK_FAILED);
    }
}
