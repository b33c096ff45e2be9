package io.cruddur.obs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands before an object: each call of its interface's methods is a span. Names are settled once, not at each call. */
final class TracedProxy implements InvocationHandler {
    private final Obs obs;
    private final Object target;
    private final Map<Method, Call> calls;

    /**
     * What a call of an interface's method becomes.
     *
     * @param method the one to call, which others may too even if the interface is not public
     * @param name the span's name; null for none
     */
    private record Call(Method method, @Nullable String name) {}

    private TracedProxy(Obs obs, Object target, Map<Method, Call> calls) {
        this.obs = obs;
        this.target = target;
        this.calls = calls;
    }

    static <T> T of(Obs obs, Class<T> type, T target) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is not an interface. Give an interface that "
                    + target.getClass().getName() + " implements, or use obs.trace(name).call(..) in its methods.");
        }
        var handler = new TracedProxy(obs, target, calls(type, target.getClass()));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Map<Method, Call> calls(Class<?> type, Class<?> implementation) {
        var calls = new HashMap<Method, Call>();
        for (Method method : type.getMethods()) {
            method.trySetAccessible();
            calls.put(method, new Call(method, name(method, type, wish(method, implementation))));
        }
        return calls;
    }

    private static @Nullable String name(Method method, Class<?> type, @Nullable Traced wish) {
        if (wish != null && !wish.enabled()) {
            return null;
        }
        return wish == null || wish.value().isEmpty() ? type.getSimpleName() + '.' + method.getName() : wish.value();
    }

    /** The nearest word on the method: the implementation's, the interface method's; a name is a method's own. */
    private static @Nullable Traced wish(Method method, Class<?> implementation) {
        try {
            Traced nearest = implementation
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getAnnotation(Traced.class);
            if (nearest != null) {
                return nearest;
            }
        } catch (NoSuchMethodException e) {
            // A bridge the compiler made; the interface's own word counts.
        }
        return method.getAnnotation(Traced.class);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Call call = calls.get(method);
        if (call == null || call.name == null) {
            // The methods of Object are in no interface.
            return invoke(call == null ? method : call.method, unwrapped(method, arguments));
        }
        Span span = obs.trace(call.name).start();
        try {
            return invoke(call.method, arguments);
        } catch (Throwable e) {
            span.exception(e);
            throw e;
        } finally {
            span.close();
        }
    }

    /** Two proxies are equal if what is behind them is; nobody behind one knows of proxies. */
    private static @Nullable Object @Nullable [] unwrapped(Method method, @Nullable Object @Nullable [] arguments) {
        if (arguments != null
                && method.getName().equals("equals")
                && arguments.length == 1
                && arguments[0] != null
                && Proxy.isProxyClass(arguments[0].getClass())
                && Proxy.getInvocationHandler(arguments[0]) instanceof TracedProxy other) {
            return new Object[] {other.target};
        }
        return arguments;
    }

    private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            throw thrown == null ? e : thrown;
        }
    }
}
