package io.cruddur.obs;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands before an object: each call of its interface's methods is a span. Names are settled once, not at each call. */
final class TracedProxy implements InvocationHandler {
    private static final Object[] NONE = {};

    private final Obs obs;
    private final Object target;
    private final Map<Method, Call> calls;

    /**
     * What a call of an interface's method becomes.
     *
     * @param method the one to call, which others may too even if the interface is not public
     * @param traced its span; null for none
     */
    private record Call(Method method, @Nullable TracedMethod traced) {}

    /** What the annotation says where it stands nowhere. */
    @Traced
    private static final class Plain {}

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
            calls.put(method, new Call(method, traced(method, type, implementation)));
        }
        return calls;
    }

    /** The nearest word counts: the implementing method's, the interface method's, the class's, the interface's. */
    private static @Nullable TracedMethod traced(Method method, Class<?> type, Class<?> implementation) {
        Method implementing = implementing(method, implementation);
        Traced wish = on(implementing);
        wish = wish == null ? on(method) : wish;
        boolean onMethod = wish != null;
        wish = wish == null ? on(implementation) : wish;
        wish = wish == null ? on(type) : wish;
        wish = wish == null ? Objects.requireNonNull(on(Plain.class)) : wish;
        if (!wish.enabled()) {
            return null;
        }
        String owner = onMethod || wish.value().isEmpty() ? type.getSimpleName() : wish.value();
        String name = onMethod && !wish.value().isEmpty() ? wish.value() : owner + '.' + method.getName();
        return TracedMethod.of(name, wish, implementing, implementation, TracedProxy::noPath, failure -> false);
    }

    private static TracedExpression noPath(Method method, String expression) {
        throw new IllegalArgumentException("'" + expression
                + "' is no path such as #user.handle or #result.size(). Other expressions are for beans of Spring");
    }

    private static Method implementing(Method method, Class<?> implementation) {
        try {
            return implementation.getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            // A bridge the compiler made; the interface's own word counts.
            return method;
        }
    }

    /** Its own, or that of an annotation on it. */
    private static @Nullable Traced on(AnnotatedElement element) {
        Traced own = element.getAnnotation(Traced.class);
        if (own != null) {
            return own;
        }
        for (Annotation each : element.getAnnotations()) {
            Traced meta = each.annotationType().getAnnotation(Traced.class);
            if (meta != null) {
                return meta;
            }
        }
        return null;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Call call = calls.get(method);
        if (call == null || call.traced == null) {
            // The methods of Object are in no interface.
            return invoke(call == null ? method : call.method, unwrapped(method, arguments));
        }
        return call.traced.call(obs, arguments == null ? NONE : arguments, () -> invoke(call.method, arguments));
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
