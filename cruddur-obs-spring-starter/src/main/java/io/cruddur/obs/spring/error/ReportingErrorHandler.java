package io.cruddur.obs.spring.error;

import io.cruddur.obs.Obs;
import java.util.function.Supplier;
import org.springframework.scheduling.support.TaskUtils;
import org.springframework.util.ErrorHandler;

/** Reports what a scheduled task throws, and lets the handler that would be there without it go on. Thread-safe. */
final class ReportingErrorHandler implements ErrorHandler {
    private final Supplier<Obs> obs;
    private final ErrorHandler next;

    private ReportingErrorHandler(Supplier<Obs> obs, ErrorHandler next) {
        this.obs = obs;
        this.next = next;
    }

    /** One before Spring's own for tasks that repeat: it logs, and lets the task be run again. */
    static ReportingErrorHandler of(Supplier<Obs> obs) {
        return new ReportingErrorHandler(obs, TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER);
    }

    @Override
    public void handleError(Throwable failure) {
        obs.get().error(failure).uncaught().report();
        next.handleError(failure);
    }
}
