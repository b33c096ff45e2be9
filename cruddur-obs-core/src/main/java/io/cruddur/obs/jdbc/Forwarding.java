package io.cruddur.obs.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an object of JDBC's. A proxy and no class with all the methods: these grow with each version of Java, and
 * what a driver's object says to a method that we have not heard of is said here too.
 *
 * @param <T> JDBC's interface
 */
abstract class Forwarding<T> implements InvocationHandler {
    private final T target;
    private final Class<T> type;

    Forwarding(T target, Class<T> type) {
        this.target = target;
        this.type = type;
    }

    static boolean isTraced(Object object) {
        return Proxy.isProxyClass(object.getClass()) && Proxy.getInvocationHandler(object) instanceof Forwarding;
    }

    final T target() {
        return target;
    }

    final T proxy() {
        return type.cast(Proxy.newProxyInstance(Forwarding.class.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class && method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0] || target.equals(unwrapped(arguments[0]));
        }
        return call(proxy, method, arguments);
    }

    /** What becomes of a call of one of the interface's methods. */
    abstract @Nullable Object call(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable;

    final @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            throw thrown == null ? e : thrown;
        }
    }

    private static @Nullable Object unwrapped(@Nullable Object object) {
        return object != null
                        && Proxy.isProxyClass(object.getClass())
                        && Proxy.getInvocationHandler(object) instanceof Forwarding<?> other
                ? other.target
                : object;
    }
}
