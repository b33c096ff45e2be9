package io.cruddur.obs.spring.micrometer;

import java.util.concurrent.RunnableScheduledFuture;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

/**
 * Has a task go on with what is current where it is handed in, once. A task that repeats is decorated once for all of its
 * runs, and would belong for ever to the request in which it was scheduled: it goes on with nothing. Thread-safe.
 */
final class TaskContext extends ContextPropagatingTaskDecorator {
    private static final StackWalker STACK = StackWalker.getInstance();
    /** Which runs by a trigger and hands itself in anew after each run; the task that comes here does not tell. */
    private static final String BY_TRIGGER = "org.springframework.scheduling.concurrent.ReschedulingRunnable.schedule";
    /** Between it and here are the executor, and Boot's composition of decorators. */
    private static final int MAX_FRAMES = 32;

    @Override
    public Runnable decorate(Runnable task) {
        return task instanceof RunnableScheduledFuture<?> scheduled && (scheduled.isPeriodic() || isByTrigger())
                ? task
                : super.decorate(task);
    }

    private static boolean isByTrigger() {
        return STACK.walk(frames -> frames.limit(MAX_FRAMES)
                .anyMatch(frame -> BY_TRIGGER.equals(frame.getClassName() + '.' + frame.getMethodName())));
    }
}
