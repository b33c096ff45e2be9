package io.cruddur.obs.spring.traced;

import io.cruddur.obs.Traced;
import io.cruddur.obs.TracedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/** The methods that are traced. Those that a proxy cannot stand before are named once, with the reason. */
final class TracedPointcut extends StaticMethodMatcherPointcut {
    private static final Logger LOG = LoggerFactory.getLogger(Traced.class);

    private final TracedMethods methods;
    private final boolean byClass;
    private final Set<Class<?>> looked = ConcurrentHashMap.newKeySet();

    /**
     * A pointcut.
     *
     * @param byClass whether proxies are of the bean's class, and cannot stand before its final methods
     */
    TracedPointcut(TracedMethods methods, boolean byClass) {
        this.methods = methods;
        this.byClass = byClass;
        // Most beans are Spring's own, and looking through all their methods takes time at start.
        ClassFilter candidates = type -> !type.getName().startsWith("org.springframework.")
                && AnnotationUtils.isCandidateClass(type, Traced.class);
        setClassFilter(candidates);
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        return obstacle(method.getModifiers()) == null && methods.find(method, targetClass) != null;
    }

    /** Names what of a bean's class should be traced and cannot. */
    void sayWhatIsNot(Class<?> type) {
        if (!getClassFilter().matches(type) || !looked.add(type)) {
            return;
        }
        for (Method method : ReflectionUtils.getAllDeclaredMethods(type)) {
            String obstacle = method.isSynthetic() ? null : obstacle(method.getModifiers());
            TracedMethod traced = obstacle == null || isOutOfReach(method) ? null : methods.find(method, type);
            if (traced != null && obstacle != null) {
                say(type.getSimpleName() + '.' + method.getName(), obstacle, traced.name());
            }
        }
    }

    /** Static methods of a type that is traced as a whole are not what was meant. */
    private static boolean isOutOfReach(Method method) {
        return Modifier.isStatic(method.getModifiers()) && !AnnotatedElementUtils.hasAnnotation(method, Traced.class);
    }

    private @Nullable String obstacle(int modifiers) {
        if (Modifier.isPrivate(modifiers)) {
            return "the method is private";
        }
        if (Modifier.isStatic(modifiers)) {
            return "the method is static";
        }
        return byClass && Modifier.isFinal(modifiers) ? "the method is final" : null;
    }

    /** A bean that is left without a span. */
    void finalClass(Class<?> type) {
        if (looked.add(type)) {
            say(type.getSimpleName(), "the class is final", type.getSimpleName());
        }
    }

    private static void say(String where, String obstacle, String name) {
        LOG.warn(
                "@Traced on {} makes no span: {}, and no proxy can stand before it. Change that, or write "
                        + "obs.trace(\"{}\").call(() -> ..) inside.",
                where,
                obstacle,
                name);
    }
}
