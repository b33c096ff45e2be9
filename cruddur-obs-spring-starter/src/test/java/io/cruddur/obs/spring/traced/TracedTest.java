package io.cruddur.obs.spring.traced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.Traced;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.spring.ConsoleClient;
import io.cruddur.obs.spring.Runners;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.AliasFor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import tools.jackson.databind.JsonNode;

class TracedTest {
    private final ApplicationContextRunner runner =
            Runners.plain().withPropertyValues("cruddur.obs.mode=local").withUserConfiguration(Beans.class);

    @Test
    void aMethodIsASpanNamedByItsClassAndItself() {
        runner.run(context ->
                assertThat(spans(context, OnMethods.class, OnMethods::plain)).containsExactly("OnMethods.plain"));
    }

    @Test
    void theAnnotationMayNameIt() {
        runner.run(context ->
                assertThat(spans(context, OnMethods.class, OnMethods::named)).containsExactly("a name"));
    }

    @Test
    void aMethodNeedNotBePublic() {
        runner.run(context -> assertThat(spans(context, OnMethods.class, OnMethods::packagePrivate))
                .containsExactly("OnMethods.packagePrivate"));
    }

    @Test
    void othersAreNotTraced() {
        runner.run(context ->
                assertThat(spans(context, OnMethods.class, OnMethods::untraced)).isEmpty());
    }

    @Test
    void beansWithoutTheAnnotationAreLeftAsTheyAre() {
        runner.run(context ->
                assertThat(AopUtils.isAopProxy(context.getBean(Bare.class))).isFalse());
    }

    @Test
    void onAClassItIsForItsPublicMethodsButThoseLeftOut() {
        runner.run(context -> assertThat(spans(context, OnClass.class, bean -> {
                    bean.first();
                    bean.leftOut();
                    bean.packagePrivate();
                    assertThat(bean.toString()).isEqualTo("on class");
                    bean.inherited();
                }))
                .containsExactly("OnClass.first", "OnClass.inherited"));
    }

    @Test
    void aNameOnAClassStandsForTheClass() {
        runner.run(context ->
                assertThat(spans(context, NamedClass.class, NamedClass::method)).containsExactly("activities.method"));
    }

    @Test
    void onAnInterfaceItIsForWhatItDeclares() {
        runner.run(context -> assertThat(spans(context, Implementation.class, bean -> {
                    bean.declared("x");
                    bean.ownMethod();
                    bean.onInterfaceMethod();
                }))
                .containsExactly("Implementation.declared", "of the interface"));
    }

    @Test
    void itMayBeAMetaAnnotationWithAnAlias() {
        runner.run(context ->
                assertThat(spans(context, OnMethods.class, OnMethods::meta)).containsExactly("by alias"));
    }

    @Test
    void callsNest() {
        runner.run(context -> {
            JsonNode trace = trace(context, () -> context.getBean(Outer.class).call());
            JsonNode outer = span(trace, "Outer.call");
            assertThat(span(trace, "OnMethods.plain").path("parentId").asString())
                    .isEqualTo(outer.path("id").asString());
        });
    }

    @Test
    void whatIsThrownIsRecordedOnItsOwnSpanAndComesOutAsItIs() {
        runner.run(context -> {
            JsonNode trace = trace(
                    context,
                    () -> assertThatThrownBy(
                                    () -> context.getBean(OnMethods.class).fails())
                            .isSameAs(OnMethods.PROBLEM));
            assertThat(span(trace, "OnMethods.fails").path("exceptions").toString())
                    .contains("no such activity");
            assertThat(span(trace, "test").path("exceptions")).isEmpty();
        });
    }

    @Test
    void withNothingCurrentItBeginsATrace() {
        runner.run(context -> {
            String id = context.getBean(OnMethods.class).traceId(context.getBean(Obs.class));
            assertThat(span(trace(context, id), "OnMethods.traceId")
                            .path("parentId")
                            .isNull())
                    .isTrue();
        });
    }

    @Test
    void itWorksBesideAnAutoProxyCreatorAndInterfaceProxies() {
        runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> assertThat(spans(context, Contract.class, bean -> bean.declared("x")))
                        .containsExactly("Implementation.declared"));
    }

    @Test
    void theSpanIsAroundOtherAdvice() {
        runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withUserConfiguration(WithAdvice.class)
                .run(context -> {
                    JsonNode trace = trace(context, context.getBean(OnMethods.class)::plain);
                    assertThat(span(trace, "advice").path("parentId").asString())
                            .isEqualTo(span(trace, "OnMethods.plain").path("id").asString());
                });
    }

    @Test
    void aroundAsyncTheSpanIsTheWork() {
        runner.withUserConfiguration(WithAsync.class).run(context -> {
            String id = context.getBean(Later.class)
                    .work(context.getBean(Obs.class))
                    .join();
            assertThat(trace(context, id).path("spans"))
                    .extracting(span -> span.path("name").asString())
                    .contains("Later.work");
        });
    }

    /** The names of the spans in a trace of what is done with a bean. */
    private static <T> List<String> spans(ApplicationContext context, Class<T> type, Consumer<T> work) {
        T bean = context.getBean(type);
        var names = new ArrayList<String>();
        trace(context, () -> work.accept(bean))
                .path("spans")
                .forEach(span -> names.add(span.path("name").asString()));
        names.removeIf(name -> name.equals("test") || name.equals("application"));
        return names;
    }

    private static JsonNode trace(ApplicationContext context, Runnable work) {
        String id = context.getBean(Obs.class).trace("test").call(span -> {
            work.run();
            return span.context().xrayTraceId();
        });
        return trace(context, id);
    }

    private static JsonNode trace(ApplicationContext context, String id) {
        var console = new ConsoleClient(context.getBean(Console.class));
        return await().until(() -> console.get("/api/traces/" + id), trace -> !trace.isMissingNode());
    }

    private static JsonNode span(JsonNode trace, String name) {
        return trace.path("spans")
                .valueStream()
                .filter(span -> span.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + trace));
    }

    @Import({OnMethods.class, OnClass.class, NamedClass.class, Implementation.class, Outer.class, Bare.class})
    static class Beans {}

    static class WithAdvice {
        /** Makes a span of its own, so that the order of the two can be seen. */
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor otherAdvice(ObjectProvider<Obs> obs) {
            var pointcut = new NameMatchMethodPointcut();
            pointcut.setMappedName("plain");
            MethodInterceptor advice = call -> {
                try (Span span = obs.getObject().trace("advice").start()) {
                    return call.proceed();
                }
            };
            return new DefaultPointcutAdvisor(pointcut, advice);
        }
    }

    @EnableAsync
    @Import(Later.class)
    static class WithAsync {}

    @Traced
    @Retention(RetentionPolicy.RUNTIME)
    @interface Step {
        @AliasFor(annotation = Traced.class, attribute = "value")
        String value();
    }

    static class OnMethods {
        static final IOException PROBLEM = new IOException("no such activity");

        @Traced
        public void plain() {}

        @Traced("a name")
        public void named() {}

        @Traced
        void packagePrivate() {}

        public void untraced() {}

        @Step("by alias")
        public void meta() {}

        @Traced
        public void fails() throws IOException {
            throw PROBLEM;
        }

        @Traced
        public String traceId(Obs obs) {
            return obs.currentTraceContext().xrayTraceId();
        }
    }

    static class Base {
        public void inherited() {}
    }

    @Traced
    static class OnClass extends Base {
        public void first() {}

        @Traced(enabled = false)
        public void leftOut() {}

        void packagePrivate() {}

        @Override
        public String toString() {
            return "on class";
        }
    }

    @Traced("activities")
    static class NamedClass {
        public void method() {}
    }

    @Traced
    interface Contract<T> {
        void declared(T value);
    }

    interface Other {
        @Traced("of the interface")
        void onInterfaceMethod();
    }

    static class Implementation implements Contract<String>, Other {
        @Override
        public void declared(String value) {}

        public void ownMethod() {}

        @Override
        public void onInterfaceMethod() {}
    }

    static class Outer {
        private final OnMethods inner;

        Outer(OnMethods inner) {
            this.inner = inner;
        }

        @Traced
        public void call() {
            inner.plain();
        }
    }

    static class Bare {
        public void method() {}
    }

    static class Later {
        @Async
        @Traced
        public CompletableFuture<String> work(Obs obs) {
            return CompletableFuture.completedFuture(obs.currentTraceContext().xrayTraceId());
        }
    }
}
