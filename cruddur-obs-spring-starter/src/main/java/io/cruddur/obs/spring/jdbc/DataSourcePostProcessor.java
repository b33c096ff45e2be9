package io.cruddur.obs.spring.jdbc;

import io.cruddur.obs.jdbc.JdbcTracing;
import io.cruddur.obs.spring.advice.CarefulPostProcessor;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.util.function.SingletonSupplier;

/**
 * Has every data source hand out traced connections. By advice and not by a wrapper: the bean keeps its class, so that a
 * pool can still be injected as what it is, and Boot's metrics and health find it.
 */
final class DataSourcePostProcessor extends CarefulPostProcessor {

    /** Asks for the tracing at the first connection: data sources are made before all else is there. */
    DataSourcePostProcessor(Supplier<JdbcTracing> tracing) {
        SingletonSupplier<JdbcTracing> once = SingletonSupplier.of(tracing);
        MethodInterceptor advice = call ->
                call.proceed() instanceof Connection connection ? once.obtain().trace(connection) : null;
        this.advisor = new DefaultPointcutAdvisor(new Connections(), advice);
        setProxyTargetClass(true);
    }

    private static final class Connections extends StaticMethodMatcherPointcut {
        Connections() {
            setClassFilter(type -> DataSource.class.isAssignableFrom(type) && !JdbcTracing.isTracedByOthers(type));
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return method.getName().equals("getConnection")
                    && Connection.class.isAssignableFrom(method.getReturnType());
        }
    }
}
