package io.cruddur.obs.spring.traced;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import io.cruddur.obs.spring.Runners;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/** Beans that have each other, which Spring lets pass where it is told to: each has what all others have, advice and all. */
class CircleTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ApplicationContextRunner runner = Runners.plain()
            .withAllowCircularReferences(true)
            .withBean(Obs.class, () -> telemetry.obs())
            .withPropertyValues("cruddur.obs.mode=aws");

    @Test
    void aTracedBeanInACircleIsTraced() {
        runner.withBean(Traceds.class).withBean(Others.class).run(context -> {
            assertThat(context).hasNotFailed();
            Traceds bean = context.getBean(Traceds.class);
            assertThat(context.getBean(Others.class).traced()).isSameAs(bean);
            telemetry.obs().trace("request").run(bean::work);
            assertThat(telemetry.trace().children())
                    .extracting(CapturedSpan::name)
                    .containsExactly("Traceds.work");
        });
    }

    /** Spring's own creator of proxies has been there first, and its proxy is used. */
    @Test
    void besideOtherAdviceItIsTracedOnce() {
        runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withUserConfiguration(OtherAdvice.class)
                .withBean(Traceds.class)
                .withBean(Others.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Traceds bean = context.getBean(Traceds.class);
                    assertThat(context.getBean(Others.class).traced()).isSameAs(bean);
                    telemetry.obs().trace("request").run(bean::work);
                    assertThat(telemetry.trace().children()).hasSize(1);
                });
    }

    @Test
    void aDataSourceInACircleIsTracedByBothKindsOfAdvice() {
        runner.withBean("source", TracedDataSource.class)
                .withBean(Repository.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    DataSource bean = context.getBean(DataSource.class);
                    assertThat(AopUtils.isAopProxy(bean)).isTrue();
                    assertThat(((Advised) bean).getAdvisorCount()).isEqualTo(2);
                    assertThat(context.getBean(Repository.class).source).isSameAs(bean);
                });
    }

    static class Traceds {
        @Autowired
        @Nullable Others others;

        @Traced
        public void work() {}
    }

    static class Others {
        @Autowired
        @Nullable Traceds traced;

        Traceds traced() {
            return Objects.requireNonNull(traced);
        }
    }

    static class Repository {
        @Autowired
        @Nullable DataSource source;
    }

    static class TracedDataSource extends AbstractDriverBasedDataSource {
        @Autowired
        @Nullable Repository repository;

        @Traced
        public void warmUp() {}

        @Override
        protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
            throw new SQLException("never asked");
        }
    }

    static class OtherAdvice {
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor otherAdvice() {
            var pointcut = new NameMatchMethodPointcut();
            pointcut.setMappedName("work");
            return new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) call -> call.proceed());
        }
    }
}
