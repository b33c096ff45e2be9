package io.cruddur.obs;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The same for tasks that run later. One that repeats begins anew each time: the trace in which it was set up is long
 * over by then.
 */
final class WrappedScheduledExecutorService extends WrappedExecutorService implements ScheduledExecutorService {
    private final ScheduledExecutorService executor;

    WrappedScheduledExecutorService(Obs obs, ScheduledExecutorService executor) {
        super(obs, executor);
        this.executor = executor;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return executor.schedule(obs.wrap(reporting(task)), delay, unit);
    }

    /** The executor keeps what such a task throws in a future that hardly anybody looks at, and does not run it again. */
    private Runnable reporting(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                obs.error(e).swallowed().report();
                throw e;
            }
        };
    }

    @Override
    public <T extends @Nullable Object> ScheduledFuture<T> schedule(Callable<T> task, long delay, TimeUnit unit) {
        return executor.schedule(obs.wrap(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return executor.scheduleAtFixedRate(reporting(task), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return executor.scheduleWithFixedDelay(reporting(task), initialDelay, delay, unit);
    }
}
