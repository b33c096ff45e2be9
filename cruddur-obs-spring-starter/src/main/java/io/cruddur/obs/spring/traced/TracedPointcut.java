package io.cruddur.obs.spring.traced;

import io.cruddur.obs.Traced;
import java.lang.reflect.Method;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotationUtils;

/** The methods that have a span's name. */
final class TracedPointcut extends StaticMethodMatcherPointcut {
    private final TracedMethods methods;

    TracedPointcut(TracedMethods methods) {
        this.methods = methods;
        // Most beans are Spring's own, and looking through all their methods takes time at start.
        ClassFilter candidates = type -> !type.getName().startsWith("org.springframework.")
                && AnnotationUtils.isCandidateClass(type, Traced.class);
        setClassFilter(candidates);
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        return methods.spanName(method, targetClass) != null;
    }
}
