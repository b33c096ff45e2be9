package io.cruddur.obs.benchmarks;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.Traced;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.spring.traced.TracedAutoConfiguration;
import java.util.Map;
import org.aopalliance.intercept.MethodInterceptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A request with one call that becomes a span, in each way that says so. */
public class TracedCalls extends Measured {
    /** What is called. */
    public interface Service {
        @Traced("find")
        int find(String handle);
    }

    /** The same as a bean. */
    public static class Bean {
        @Traced("find")
        public int find(String handle) {
            return handle.length();
        }

        @Traced(value = "search", annotate = "length=#a0.length()")
        public int search(String handle) {
            return handle.length();
        }

        public int untraced(String handle) {
            return handle.length();
        }
    }

    /** The ways. */
    @State(Scope.Benchmark)
    public static class Ways {
        private final String handle = "andrewbrown";
        private Obs obs;
        private AnnotationConfigApplicationContext context;
        private Service behindInterface;
        private Bean bean;
        private Bean advised;

        @Setup(Level.Trial)
        public void start(CruddurObs.Recorded peer) {
            obs = peer.obs();
            behindInterface = obs.traced(Service.class, String::length);
            context = new AnnotationConfigApplicationContext();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("benchmark", Map.of("cruddur.obs.mode", "aws")));
            context.registerBean(Obs.class, () -> obs, definition -> definition.setDestroyMethodName(""));
            context.register(TracedAutoConfiguration.class, Bean.class);
            context.refresh();
            bean = context.getBean(Bean.class);
            var factory = new ProxyFactory(new Bean());
            factory.setProxyTargetClass(true);
            MethodInterceptor nothing = call -> call.proceed();
            factory.addAdvice(nothing);
            advised = (Bean) factory.getProxy();
        }

        @TearDown(Level.Trial)
        public void stop() {
            context.close();
        }
    }

    @Benchmark
    public int lambda(Ways ways) {
        try (Span request = ways.obs.trace("request").start()) {
            return ways.obs.trace("find").call(() -> ways.handle.length());
        }
    }

    @Benchmark
    public int behindInterface(Ways ways) {
        try (Span request = ways.obs.trace("request").start()) {
            return ways.behindInterface.find(ways.handle);
        }
    }

    @Benchmark
    public int springBean(Ways ways) {
        try (Span request = ways.obs.trace("request").start()) {
            return ways.bean.find(ways.handle);
        }
    }

    @Benchmark
    public int springBeanWithExpression(Ways ways) {
        try (Span request = ways.obs.trace("request").start()) {
            return ways.bean.search(ways.handle);
        }
    }

    @Benchmark
    public int springAdviceThatDoesNothing(Ways ways) {
        try (Span request = ways.obs.trace("request").start()) {
            return ways.obs.trace("find").call(() -> ways.advised.untraced(ways.handle));
        }
    }
}
