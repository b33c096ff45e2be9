package io.cruddur.obs.spring.advice;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * Beans that were advised before they were ready, for others that are in a circle with them. Once they are ready they must
 * stay as they are: Spring ends the start where a bean turns into another than the one that it has given away. Thread-safe.
 */
public final class EarlyReferences {
    private final Map<String, Object> targets = new ConcurrentHashMap<>();

    /** Empty. */
    public EarlyReferences() {}

    /** Remembers a bean that is advised now. */
    public void add(Object bean, String beanName) {
        targets.put(beanName, target(bean));
    }

    /** Whether it was advised early; no longer remembered then. Not what a factory of the same name makes. */
    public boolean remove(Object bean, String beanName) {
        Object target = target(bean);
        boolean early = targets.get(beanName) == target;
        if (early) {
            targets.remove(beanName);
        }
        return early;
    }

    /** Others advise early too, and who comes after them is given their proxy then, but the bare bean in the end. */
    private static Object target(Object bean) {
        Object target = bean;
        Object within = AopProxyUtils.getSingletonTarget(target);
        while (within != null) {
            target = within;
            within = AopProxyUtils.getSingletonTarget(target);
        }
        return target;
    }
}
