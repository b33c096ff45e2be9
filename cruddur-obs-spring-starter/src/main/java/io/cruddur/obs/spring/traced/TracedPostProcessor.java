package io.cruddur.obs.spring.traced;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.advice.CarefulPostProcessor;
import java.util.function.Supplier;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;

/**
 * Puts the advice on each bean that has a traced method: into the proxy that is there, or into a new one. A post
 * processor and not just an advisor, because an advisor does nothing where no auto-proxy creator runs.
 */
final class TracedPostProcessor extends CarefulPostProcessor {
    private final TracedPointcut pointcut;

    TracedPostProcessor(Supplier<Obs> obs, boolean byClass) {
        var methods = new TracedMethods();
        this.pointcut = new TracedPointcut(methods, byClass);
        this.advisor = new DefaultPointcutAdvisor(pointcut, new TracedInterceptor(obs, methods));
        setProxyTargetClass(byClass);
        // Around transactions and the like: their time counts.
        setBeforeExistingAdvisors(true);
        // Before the processor of @Async, whose advice then comes around: the span measures the work, not the
        // hand-over.
        setOrder(LOWEST_PRECEDENCE - 1);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Object advised = super.postProcessAfterInitialization(bean, beanName);
        pointcut.sayWhatIsNot(AopUtils.getTargetClass(bean));
        return advised;
    }

    @Override
    protected void left(Class<?> type) {
        pointcut.finalClass(type);
    }
}
