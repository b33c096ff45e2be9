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
    /** The span's name by method; a method that is not in it is not traced. */
    private final Map<Method, String> names;

    private TracedProxy(Obs obs, Object target, Map<Method, String> names) {
        this.obs = obs;
        this.target = target;
        this.names = names;
    }

    static <T> T of(Obs obs, Class<T> type, T target) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is not an interface. Give an interface that "
                    + target.getClass().getName() + " implements, or use obs.trace(name).call(..) in its methods.");
        }
        var handler = new TracedProxy(obs, target, names(type, target.getClass()));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Map<Method, String> names(Class<?> type, Class<?> implementation) {
        var names = new HashMap<Method, String>();
        for (Method method : type.getMethods()) {
            Traced wish = wish(method, implementation);
            // An interface that is not public keeps others from calling its methods, but not from being asked to.
            method.trySetAccessible();
            if (wish == null || wish.enabled()) {
                String given = wish == null ? "" : wish.value();
                names.put(method, given.isEmpty() ? type.getSimpleName() + '.' + method.getName() : given);
            }
        }
        return names;
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
        String name = names.get(method);
        if (name == null) {
            return call(method, arguments);
        }
        Span span = obs.trace(name).start();
        try {
            return call(method, arguments);
        } catch (Throwable e) {
            span.exception(e);
            throw e;
        } finally {
            span.close();
        }
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            throw thrown == null ? e : thrown;
        }
    }
}
