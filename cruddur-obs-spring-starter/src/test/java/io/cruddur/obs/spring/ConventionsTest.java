package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.awssdk.AwsSdkTracing;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What Boot's users expect of each auto-configuration. */
class ConventionsTest {

    static Stream<Class<?>> autoConfigurations() throws ClassNotFoundException {
        var found = Stream.<Class<?>>builder();
        for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
            if (name.startsWith("io.cruddur.obs.spring.")) {
                found.add(Class.forName(name, false, ConventionsTest.class.getClassLoader()));
            }
        }
        return found.build();
    }

    @Test
    void theTestsRunWithAllThatAnApplicationGets() throws ClassNotFoundException {
        Set<String> listed = autoConfigurations().map(Class::getName).collect(Collectors.toSet());
        Set<String> used = Arrays.stream(Runners.all()).map(Class::getName).collect(Collectors.toSet());
        assertThat(used).isEqualTo(listed);
    }

    @ParameterizedTest
    @MethodSource("autoConfigurations")
    void itIsPublicFinalAndHasNothingElseThatIsPublic(Class<?> type) {
        assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
        assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
        assertThat(type.isAnnotationPresent(AutoConfiguration.class)).isTrue();
        assertThat(type.getConstructors()).isEmpty();
        assertThat(type.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("autoConfigurations")
    void eachOfItsBeansBacksOff(Class<?> type) {
        List<Method> beans = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Bean.class))
                .toList();
        assertThat(beans)
                .isNotEmpty()
                .allSatisfy(bean -> assertThat(bean.isAnnotationPresent(ConditionalOnMissingBean.class)
                                || bean.isAnnotationPresent(ConditionalOnMissingFilterBean.class))
                        .as(bean.getName())
                        .isTrue());
    }

    @Test
    void withoutAnythingOptionalItStarts() {
        Runners.plain()
                .withClassLoader(new FilteredClassLoader(
                        "software.amazon.awssdk.core.interceptor",
                        "io.micrometer",
                        "org.springframework.boot.health",
                        "org.springframework.boot.actuate",
                        "org.springframework.web.ErrorResponse",
                        "jakarta.servlet",
                        "reactor.core",
                        "com.zaxxer",
                        "io.cruddur.obs.console"))
                .withBean(Obs.class, Obs::off)
                .withPropertyValues("cruddur.obs.mode=aws")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Obs.class));
    }

    @Test
    void twoBeansOfObsEndTheStartWithTheirNamesAndAnAction() {
        Runners.plain()
                .withBean("mine", Obs.class, Obs::off)
                .withBean("yours", Obs.class, Obs::off)
                .run(context -> {
                    assertThat(context).hasFailed();
                    FailureAnalysis analysis = analysis(Objects.requireNonNull(context.getStartupFailure()));
                    assertThat(analysis.getDescription()).contains("2 beans").contains("mine, yours");
                    assertThat(analysis.getAction()).contains("@Primary");
                });
    }

    /** By the first analyzer that has an answer, as Boot asks them. */
    private static FailureAnalysis analysis(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        SpringFactoriesLoader.FailureHandler.logging(LogFactory.getLog(ConventionsTest.class)))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNativeImageIsToldWhatItNeeds() throws IOException {
        var hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(registrar -> registrar.getClass().getName().startsWith("io.cruddur"))
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Connection.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(PreparedStatement.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(AwsSdkTracing.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("software/amazon/awssdk/global/handlers/execution.interceptors"))
                .accepts(hints);
    }
}
