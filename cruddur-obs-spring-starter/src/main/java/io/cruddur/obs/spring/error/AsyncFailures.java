package io.cruddur.obs.spring.error;

import io.cruddur.obs.Obs;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.aop.interceptor.SimpleAsyncUncaughtExceptionHandler;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.scheduling.annotation.AsyncConfigurer;

/** Reports what {@code @Async} methods without a result throw, before the handler that the application has chosen. */
final class AsyncFailures implements BeanPostProcessor, PriorityOrdered {
    private final Supplier<Obs> obs;

    AsyncFailures(Supplier<Obs> obs) {
        this.obs = obs;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof AsyncConfigurer configurer ? new Reporting(configurer, obs) : bean;
    }

    /** The application's configurer, but for who hears of failures first. */
    private record Reporting(AsyncConfigurer configurer, Supplier<Obs> obs) implements AsyncConfigurer {
        @Override
        public @Nullable Executor getAsyncExecutor() {
            return configurer.getAsyncExecutor();
        }

        @Override
        public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
            AsyncUncaughtExceptionHandler own = configurer.getAsyncUncaughtExceptionHandler();
            AsyncUncaughtExceptionHandler next = own == null ? new SimpleAsyncUncaughtExceptionHandler() : own;
            return (failure, method, arguments) -> {
                obs.get().error(failure).uncaught().report();
                next.handleUncaughtException(failure, method, arguments);
            };
        }
    }
}
