package io.cruddur.obs.spring.traced;

import io.cruddur.obs.Traced;
import io.cruddur.obs.TracedMethod;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Which methods are traced, and as what; each is looked up once. The nearest annotation counts: on the method or one it
 * overrides or implements; else, for public methods, on the class or a superclass; else on an interface, for the methods
 * that it declares. Thread-safe.
 */
final class TracedMethods {
    private final Map<MethodClassKey, Optional<TracedMethod>> known = new ConcurrentHashMap<>();
    private final SpelExpressions expressions = new SpelExpressions();
    private final Predicate<Throwable> callersFault = CallersFault.predicate();

    /**
     * What the method's calls become; null if it is not traced.
     *
     * @throws InvalidTracedException if its annotation cannot be read
     */
    @Nullable TracedMethod find(Method method, Class<?> target) {
        var key = new MethodClassKey(method, target);
        Optional<TracedMethod> traced = known.get(key);
        if (traced == null) {
            traced = Optional.ofNullable(lookUp(method, ClassUtils.getUserClass(target)));
            known.put(key, traced);
        }
        return traced.orElse(null);
    }

    private @Nullable TracedMethod lookUp(Method method, Class<?> target) {
        Method implemented = AopUtils.getMostSpecificMethod(method, target);
        MergedAnnotation<Traced> traced = annotation(implemented, target);
        if (!traced.isPresent() || !traced.getBoolean("enabled")) {
            return null;
        }
        try {
            return TracedMethod.of(
                    name(traced, method, target), traced.synthesize(), implemented, target, expressions, callersFault);
        } catch (IllegalArgumentException e) {
            throw new InvalidTracedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String name(MergedAnnotation<Traced> traced, Method method, Class<?> target) {
        String name = traced.getString("value");
        if (!name.isEmpty() && traced.getSource() instanceof Method) {
            return name;
        }
        // On a type the name stands for the type's: its methods stay apart.
        return (name.isEmpty() ? nameOf(target) : name) + '.' + method.getName();
    }

    private static MergedAnnotation<Traced> annotation(Method method, Class<?> target) {
        MergedAnnotation<Traced> own = on(method, SearchStrategy.TYPE_HIERARCHY);
        if (own.isPresent() || !Modifier.isPublic(method.getModifiers()) || ReflectionUtils.isObjectMethod(method)) {
            return own;
        }
        MergedAnnotation<Traced> ofClass = on(target, SearchStrategy.SUPERCLASS);
        if (ofClass.isPresent()) {
            return ofClass;
        }
        return ClassUtils.getAllInterfacesForClassAsSet(target).stream()
                .filter(type -> declares(type, method, target))
                .map(type -> on(type, SearchStrategy.DIRECT))
                .filter(MergedAnnotation::isPresent)
                .findFirst()
                .orElse(MergedAnnotation.missing());
    }

    private static MergedAnnotation<Traced> on(AnnotatedElement element, SearchStrategy strategy) {
        return MergedAnnotations.from(element, strategy).get(Traced.class);
    }

    /** Also where the interface is generic, and its method has other parameter types. */
    private static boolean declares(Class<?> type, Method method, Class<?> target) {
        return Arrays.stream(type.getMethods())
                .filter(declared -> declared.getName().equals(method.getName()))
                .anyMatch(declared ->
                        AopUtils.getMostSpecificMethod(declared, target).equals(method));
    }

    /** A class without a name of its own is called by its interface or superclass. */
    private static String nameOf(Class<?> type) {
        if (!type.isAnonymousClass() && !type.isHidden() && !Proxy.isProxyClass(type)) {
            return type.getSimpleName();
        }
        Class<?>[] interfaces = type.getInterfaces();
        return (interfaces.length > 0 ? interfaces[0] : type.getSuperclass()).getSimpleName();
    }
}
