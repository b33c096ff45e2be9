package io.cruddur.obs.spring.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** An application that has set up {@code @Async} itself, as the reference of Spring has it, with executors of its own. */
class AsyncConfigurerTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ObsAutoConfiguration.class, ErrorAutoConfiguration.class))
            .withBean(
                    Obs.class,
                    () -> Obs.builder()
                            .segmentDocuments(document -> {})
                            .installLogAppender(false)
                            .closeOnShutdown(false)
                            .build())
            .withBean(Work.class)
            .withPropertyValues("cruddur.obs.mode=aws");

    @Test
    void aConfigurationStaysWhatItIsAndItsHandlerHearsOfFailuresToo() {
        runner.withUserConfiguration(AsyncConfig.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(AsyncConfig.class);
            var config = context.getBean(AsyncConfig.class);
            assertThat(context.getBean("pool")).isSameAs(config.getAsyncExecutor());

            context.getBean(Work.class).fail();
            await().atMost(20, TimeUnit.SECONDS).until(() -> !AsyncConfig.HEARD.isEmpty());
            assertThat(AsyncConfig.HEARD).containsExactly("of a method on pool-1");
            assertThat(context.getBean(Obs.class).errorCounts().reported()).isEqualTo(1);
        });
    }

    @Test
    void bootsOwnIsHeardWithItsExecutor() {
        runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withBean("other", ThreadPoolTaskExecutor.class)
                .withUserConfiguration(Enabled.class)
                .withPropertyValues("spring.task.execution.mode=force")
                .run(context -> {
                    var configurer = context.getBean(AsyncConfigurer.class);
                    assertThat(configurer.getAsyncExecutor()).isSameAs(context.getBean("applicationTaskExecutor"));

                    context.getBean(Work.class).fail();
                    await().atMost(20, TimeUnit.SECONDS)
                            .until(() ->
                                    context.getBean(Obs.class).errorCounts().reported() == 1);
                });
    }

    @Test
    void oneOfAFinalClassIsLeftAlone() {
        runner.withBean(FinalConfigurer.class)
                .withUserConfiguration(Enabled.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FinalConfigurer.class));
    }

    @Test
    void inACircleItIsOneAndReportsAllTheSame() {
        runner.withAllowCircularReferences(true)
                .withUserConfiguration(InACircle.class)
                .withBean(Partner.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Partner.class).config).isSameAs(context.getBean(InACircle.class));
                    context.getBean(Work.class).fail();
                    await().atMost(20, TimeUnit.SECONDS)
                            .until(() ->
                                    context.getBean(Obs.class).errorCounts().reported() == 1);
                });
    }

    static class Work {
        @Async
        public void fail() {
            throw new IllegalStateException(
                    "of a method on " + Thread.currentThread().getName());
        }
    }

    @Configuration
    @EnableAsync
    static class AsyncConfig implements AsyncConfigurer {
        static final List<String> HEARD = new CopyOnWriteArrayList<>();

        @Bean
        ThreadPoolTaskExecutor pool() {
            var pool = new ThreadPoolTaskExecutor();
            pool.setThreadNamePrefix("pool-");
            return pool;
        }

        @Override
        public Executor getAsyncExecutor() {
            return pool();
        }

        @Override
        public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
            return (failure, method, arguments) -> HEARD.add(String.valueOf(failure.getMessage()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Enabled {}

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class InACircle implements AsyncConfigurer {
        @Autowired
        @Nullable Partner partner;
    }

    static class Partner {
        @Autowired
        @Nullable InACircle config;
    }

    static final class FinalConfigurer implements AsyncConfigurer {}
}
