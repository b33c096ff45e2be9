package io.cruddur.obs;

import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.log.CaptureSettings;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Adjustments;
import java.util.function.Consumer;

/**
 * The log signal of one {@link Obs}.
 *
 * @param main where events are counted that never became records
 * @param out leads each record to its pipeline
 * @param capture what is copied of an event
 * @param redactor knows the names of secrets
 * @param adjustments where it is counted what is not sent as it was said
 */
record LogPipeline(
        Pipeline<LogRecord> main,
        Consumer<LogRecord> out,
        CaptureSettings capture,
        Redactor redactor,
        Adjustments adjustments)
        implements LogSignal {
    @Override
    public boolean isSensitive(String name) {
        return redactor.isSensitive(name);
    }

    @Override
    public void accept(LogRecord record) {
        out.accept(record);
    }

    @Override
    public void lost(String reason) {
        main.failed(reason);
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
