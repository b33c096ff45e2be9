package io.cruddur.obs.spring.advice;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * Puts advice on beans, into the proxy that is there or into a new one. A bean of a final class is put behind its
 * interfaces if it was declared as one of them, so that nobody can ask for the class; else it is left as it is: an
 * application must not fail to start for the sake of a span.
 */
public abstract class CarefulPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
    private final EarlyReferences early = new EarlyReferences();

    /** For subclasses. */
    protected CarefulPostProcessor() {}

    /** With the same advice, for those that have the bean before it is ready. */
    @Override
    public final Object getEarlyBeanReference(Object bean, String beanName) {
        early.add(bean, beanName);
        return super.postProcessAfterInitialization(bean, beanName);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return early.remove(bean, beanName) ? bean : super.postProcessAfterInitialization(bean, beanName);
    }

    @Override
    protected final boolean isEligible(Object bean, String beanName) {
        if (!super.isEligible(bean, beanName)) {
            return false;
        }
        Class<?> type = bean.getClass();
        if (canBeExtended(type)
                || isDeclaredAsInterface(beanName)
                || (!isProxyTargetClass() && ClassUtils.getAllInterfacesForClass(type).length > 0)) {
            return true;
        }
        left(type);
        return false;
    }

    /** Before there is a bean, in the processing ahead of time. */
    @Override
    public final Class<?> determineBeanType(Class<?> beanClass, String beanName) {
        return canBeExtended(beanClass) ? super.determineBeanType(beanClass, beanName) : beanClass;
    }

    @Override
    protected final ProxyFactory prepareProxyFactory(Object bean, String beanName) {
        ProxyFactory factory = super.prepareProxyFactory(bean, beanName);
        if (!canBeExtended(bean.getClass())) {
            factory.setProxyTargetClass(false);
        }
        return factory;
    }

    /** Told of a bean of a class that could not be advised. */
    protected void left(Class<?> type) {}

    /** By a class, or as Spring does with proxies and lambdas, whose classes nobody can ask for, by their interfaces. */
    private static boolean canBeExtended(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers()) || Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type);
    }

    private boolean isDeclaredAsInterface(String beanName) {
        if (beanFactory != null
                && beanFactory.containsBeanDefinition(beanName)
                && beanFactory.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition) {
            Method factory = definition.getResolvedFactoryMethod();
            return factory != null && factory.getReturnType().isInterface();
        }
        return false;
    }
}
