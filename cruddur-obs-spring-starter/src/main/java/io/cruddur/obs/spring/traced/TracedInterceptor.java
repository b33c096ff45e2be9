package io.cruddur.obs.spring.traced;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TracedMethod;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** A span around a call. What the call throws is recorded on that span and thrown on as it is. */
final class TracedInterceptor implements MethodInterceptor {
    private final SingletonSupplier<Obs> obs;
    private final TracedMethods methods;

    /** Asks for {@link Obs} at the first call: beans are proxied before it exists. */
    TracedInterceptor(Supplier<Obs> obs, TracedMethods methods) {
        this.obs = SingletonSupplier.of(obs);
        this.methods = methods;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object target = call.getThis();
        Class<?> type = target == null ? call.getMethod().getDeclaringClass() : target.getClass();
        TracedMethod traced = methods.find(call.getMethod(), type);
        return traced == null ? call.proceed() : traced.call(obs.obtain(), call.getArguments(), call::proceed);
    }
}
