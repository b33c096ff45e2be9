package io.cruddur.obs.spring.micrometer;

import io.micrometer.context.ContextRegistry;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Lets what is current go where Micrometer's context propagation goes, for as long as an application of this process
 * runs: the registry of contexts lives longer.
 */
final class ContextPropagation implements InitializingBean, DisposableBean {
    private static int applications;

    /** Behind the accessor of observations, which the registry finds by itself. */
    @Override
    public void afterPropertiesSet() {
        synchronized (ContextPropagation.class) {
            if (applications++ == 0) {
                ContextRegistry.getInstance().registerThreadLocalAccessor(new CurrentSpanAccessor());
            }
        }
    }

    @Override
    public void destroy() {
        synchronized (ContextPropagation.class) {
            if (--applications == 0) {
                ContextRegistry.getInstance().removeThreadLocalAccessor(CurrentSpanAccessor.KEY);
            }
        }
    }
}
