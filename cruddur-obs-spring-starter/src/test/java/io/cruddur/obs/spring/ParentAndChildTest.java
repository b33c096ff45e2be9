package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import io.cruddur.obs.httpclient.TracedHttpClient;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;

/** An application of two contexts, both of which configure themselves: one Obs, and the beans of both are traced. */
class ParentAndChildTest {
    @Test
    void theChildUsesTheObsOfItsParentAndItsOwnBeansAreTraced() {
        ConfigurableApplicationContext child = new SpringApplicationBuilder(Parent.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.delivery.spool.mode=off",
                        "spring.datasource.url=jdbc:h2:mem:of-the-parent")
                .child(Child.class)
                .web(WebApplicationType.NONE)
                .run();
        // Closes the child as well.
        try (var parent = (ConfigurableApplicationContext) Objects.requireNonNull(child.getParent())) {
            assertThat(child.containsLocalBean("obs")).isFalse();
            assertThat(child.getBean(Obs.class)).isSameAs(parent.getBean(Obs.class));
            assertThat(child.getBean(HttpClient.class)).isInstanceOf(TracedHttpClient.class);
            for (String bean : List.of("work", "ofTheChild", "handlers")) {
                assertThat(AopUtils.isAopProxy(child.getBean(bean))).as(bean).isTrue();
            }
            assertThat(AopUtils.isAopProxy(parent.getBean("ofTheParent"))).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Parent {
        @Bean
        Work ofTheParent() {
            return new Work();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    static class Child {
        @Bean
        Work work() {
            return new Work();
        }

        @Bean
        HttpClient client() {
            return HttpClient.newHttpClient();
        }

        @Bean
        DataSource ofTheChild() {
            return new SingleConnectionDataSource("jdbc:h2:mem:of-the-child", true);
        }

        @Bean
        Handlers handlers() {
            return new Handlers();
        }
    }

    static class Work {
        @Traced
        public void work() {}
    }

    static class Handlers implements AsyncConfigurer {}
}
