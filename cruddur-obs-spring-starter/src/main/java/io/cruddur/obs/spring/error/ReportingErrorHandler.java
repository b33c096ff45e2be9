package io.cruddur.obs.spring.error;

import io.cruddur.obs.Obs;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.scheduling.support.TaskUtils;
import org.springframework.util.ErrorHandler;

/** Reports what a scheduled task throws, and lets the handler that would be there without it go on. Thread-safe. */
final class ReportingErrorHandler implements ErrorHandler {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String THIS = ReportingErrorHandler.class.getName() + ".handleError";
    private static final String CALLABLE =
            "org.springframework.scheduling.concurrent.DelegatingErrorHandlingCallable.call";
    /** Not that of a task that repeats, which is run by another method or through a task that sets up the next run. */
    private static final List<String> RUN_ONCE = List.of(
            "org.springframework.scheduling.support.DelegatingErrorHandlingRunnable.run",
            "java.util.concurrent.Executors$RunnableAdapter.call",
            "java.util.concurrent.FutureTask.run");

    private final Supplier<Obs> obs;

    ReportingErrorHandler(Supplier<Obs> obs) {
        this.obs = obs;
    }

    @Override
    public void handleError(Throwable failure) {
        obs.get().error(failure).uncaught().report();
        TaskUtils.getDefaultErrorHandler(!isOfATaskThatRunsOnce()).handleError(failure);
    }

    /**
     * Such a task's caller may wait for what it throws; one that repeats has to go on. A handler is not told which it is. If
     * it cannot be seen it is one that repeats.
     */
    private static boolean isOfATaskThatRunsOnce() {
        List<String> callers =
                STACK.walk(frames -> frames.map(frame -> frame.getClassName() + '.' + frame.getMethodName())
                        .dropWhile(frame -> !frame.equals(THIS))
                        .skip(1)
                        .limit(RUN_ONCE.size())
                        .toList());
        return callers.equals(RUN_ONCE) || (!callers.isEmpty() && callers.get(0).equals(CALLABLE));
    }
}
