package io.cruddur.obs.spring.traced;

import io.cruddur.obs.Obs;
import java.util.function.Supplier;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;

/**
 * Puts the advice on each bean that has a traced method: into the proxy that is there, or into a new one. A post
 * processor and not just an advisor, because an advisor does nothing where no auto-proxy creator runs.
 */
final class TracedPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
    TracedPostProcessor(Supplier<Obs> obs) {
        var methods = new TracedMethods();
        this.advisor = new DefaultPointcutAdvisor(new TracedPointcut(methods), new TracedInterceptor(obs, methods));
        // Around transactions and the like: their time counts.
        setBeforeExistingAdvisors(true);
        // Before the processor of @Async, whose advice then comes around: the span measures the work, not the
        // hand-over.
        setOrder(LOWEST_PRECEDENCE - 1);
    }
}
