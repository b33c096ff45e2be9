package io.cruddur.obs.spring.error;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.advice.EarlyReferences;
import java.lang.reflect.Modifier;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.aop.interceptor.SimpleAsyncUncaughtExceptionHandler;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.scheduling.annotation.AsyncConfigurer;

/** Reports what {@code @Async} methods without a result throw, before the handler that the application has chosen. */
final class AsyncFailures implements SmartInstantiationAwareBeanPostProcessor, PriorityOrdered {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncFailures.class);
    private static final String HANDLER = "getAsyncUncaughtExceptionHandler";

    private final Supplier<Obs> obs;
    private final EarlyReferences early = new EarlyReferences();

    AsyncFailures(Supplier<Obs> obs) {
        this.obs = obs;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object getEarlyBeanReference(Object bean, String beanName) {
        early.add(bean, beanName);
        return advised(bean);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return early.remove(bean, beanName) ? bean : advised(bean);
    }

    private Object advised(Object bean) {
        if (!(bean instanceof AsyncConfigurer configurer)) {
            return bean;
        }
        if (isSpringsOwn(bean.getClass())) {
            return reporting(configurer);
        }
        return canBeExtended(bean.getClass()) ? extended(bean) : bean;
    }

    /** Nobody knows it by its class. A class made of it would stay with Spring where that is shared, and keep ours. */
    private static boolean isSpringsOwn(Class<?> type) {
        return type.getName().startsWith("org.springframework.");
    }

    private AsyncConfigurer reporting(AsyncConfigurer configurer) {
        return new AsyncConfigurer() {
            @Override
            public @Nullable Executor getAsyncExecutor() {
                return configurer.getAsyncExecutor();
            }

            @Override
            public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
                return before(configurer.getAsyncUncaughtExceptionHandler());
            }
        };
    }

    /** What Spring's own handler logs is reported all the same. */
    private static boolean canBeExtended(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers());
    }

    /** Still of its class: it is often a configuration, whose beans are made by its methods. */
    private Object extended(Object configurer) {
        try {
            var proxies = new ProxyFactory(configurer);
            proxies.setProxyTargetClass(true);
            proxies.addAdvice((MethodInterceptor) call -> {
                Object result = call.proceed();
                return call.getMethod().getName().equals(HANDLER)
                        ? before((AsyncUncaughtExceptionHandler) result)
                        : result;
            });
            return proxies.getProxy(configurer.getClass().getClassLoader());
        } catch (RuntimeException e) {
            // In a native image, for one.
            LOG.debug("What @Async methods throw is left to {}", configurer.getClass(), e);
            return configurer;
        }
    }

    private AsyncUncaughtExceptionHandler before(@Nullable AsyncUncaughtExceptionHandler own) {
        AsyncUncaughtExceptionHandler next = own == null ? new SimpleAsyncUncaughtExceptionHandler() : own;
        return (failure, method, arguments) -> {
            obs.get().error(failure).uncaught().report();
            next.handleUncaughtException(failure, method, arguments);
        };
    }
}
