package io.cruddur.obs.spring.traced;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceAnnotation;
import io.cruddur.obs.TraceMetadata;
import io.cruddur.obs.Traced;
import io.cruddur.obs.spring.Runners;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.annotation.AliasFor;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** What the annotation says beside a name. */
@ExtendWith(OutputCaptureExtension.class)
class TracedInFullTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ApplicationContextRunner runner = Runners.plain()
            .withBean(Obs.class, () -> telemetry.obs())
            .withBean(Search.class)
            .withPropertyValues("cruddur.obs.mode=aws");

    private void with(Consumer<Search> work) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            work.accept(context.getBean(Search.class));
        });
    }

    record Query(String term, int page) {}

    @Retention(RetentionPolicy.RUNTIME)
    @Traced(newTrace = true)
    @interface Job {
        @AliasFor(annotation = Traced.class, attribute = "value")
        String value();

        @AliasFor(annotation = Traced.class, attribute = "annotate")
        String[] annotate() default {};
    }

    @ResponseStatus(HttpStatus.CONFLICT)
    static class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static class Search {
        @Traced(
                value = "search",
                annotate = {
                    "term=#query.term",
                    "page=#query.page",
                    "last=#query.page > 9",
                    "count=#result.size()",
                    "long=#result.?[#this.length() > 3].size()"
                })
        public List<String> find(Query query) {
            return List.of("coffee", "tea");
        }

        @Traced
        @TraceAnnotation("count")
        @TraceMetadata("all")
        public int count(@TraceAnnotation String term, @TraceMetadata("query") Query query) {
            return 3;
        }

        @Traced("save")
        public void save(@TraceAnnotation String term, Object other) {}

        @Job(value = "nightly", annotate = "day=#a0")
        public void nightly(String day) {}

        @Traced
        public CompletableFuture<String> later(CompletableFuture<String> work) {
            return work;
        }

        @Traced
        public Mono<String> reactive(Mono<String> work) {
            return work;
        }

        @Traced
        public void refused(RuntimeException problem) {
            throw problem;
        }

        @Traced
        @SuppressWarnings("unused")
        private void hidden() {}

        @Traced
        static void ofTheClass() {}

        @Traced
        public final void fixed() {}

        @Traced
        void packagePrivate() {}
    }

    @Test
    void expressionsArePathsOrSpringsOwn() {
        with(search -> {
            assertThat(search.find(new Query("drinks", 10))).hasSize(2);
            assertThat(telemetry.trace())
                    .hasName("search")
                    .hasAnnotation("term", "drinks")
                    .hasAnnotation("page", 10L)
                    .hasAnnotation("last", true)
                    .hasAnnotation("count", 2L)
                    .hasAnnotation("long", 1L);
        });
    }

    @Test
    void parametersAndTheResultAreTakenWhereTheyAreNamed() {
        with(search -> {
            assertThat(search.count("drinks", new Query("secret", 1))).isEqualTo(3);
            assertThat(telemetry.trace())
                    .hasAnnotation("term", "drinks")
                    .hasAnnotation("count", 3L)
                    .hasMetadata("all", "3");
            assertThat(telemetry.trace().metadata("query").asString()).startsWith("Query[");
        });
    }

    @Test
    void nobodyIsAskedForHisTextWhoIsNotNamed() {
        var asked = new AtomicInteger();
        Object silent = new Object() {
            @Override
            public String toString() {
                asked.incrementAndGet();
                return "told";
            }
        };
        with(search -> {
            search.save("drinks", silent);
            assertThat(telemetry.trace()).hasName("save").hasAnnotation("term", "drinks");
            assertThat(telemetry.trace().document().toString()).doesNotContain("told");
        });
        assertThat(asked).hasValue(0);
    }

    @Test
    void anAnnotationOfOnesOwnMaySetAllOfItAndBeginATrace() {
        with(search -> {
            telemetry.obs().trace("scheduler").run(() -> search.nightly("monday"));
            assertThat(telemetry.traces().roots())
                    .extracting(CapturedSpan::name)
                    .containsExactlyInAnyOrder("scheduler", "nightly");
            assertThat(telemetry.traces().roots())
                    .filteredOn(root -> root.name().equals("nightly"))
                    .allSatisfy(root -> assertThat(root).hasAnnotation("day", "monday"));
        });
    }

    @Test
    void aFutureOrAMonoEndsTheSpan() {
        with(search -> {
            var work = new CompletableFuture<String>();
            telemetry.obs().trace("request").run(() -> {
                assertThat(search.later(work)).isSameAs(work);
                search.reactive(Mono.fromFuture(work, true)).subscribe();
            });
            assertThat(telemetry.obs().openRoots()).hasSize(1);
            work.complete("done");
            assertThat(telemetry.trace()).hasChildren("Search.later", "Search.reactive");
        });
    }

    @Test
    void whatSpringAnswersWith4xxIsAnErrorAndAllElseAFault() {
        with(search -> {
            telemetry.obs().trace("request").run(() -> {
                for (RuntimeException problem : List.of(
                        new ResponseStatusException(HttpStatus.NOT_FOUND),
                        new Conflict(),
                        new ResponseStatusException(HttpStatus.BAD_GATEWAY),
                        new IllegalStateException())) {
                    assertThatThrownBy(() -> search.refused(problem)).isSameAs(problem);
                }
            });
            List<CapturedSpan> calls = telemetry.trace().children();
            assertThat(calls).extracting(CapturedSpan::isError).containsExactly(true, true, false, false);
            assertThat(calls).extracting(CapturedSpan::isFault).containsExactly(false, false, true, true);
            assertThat(calls)
                    .extracting(call -> call.exceptionTypes().get(0))
                    .containsExactly(
                            ResponseStatusException.class.getName(),
                            Conflict.class.getName(),
                            ResponseStatusException.class.getName(),
                            IllegalStateException.class.getName());
        });
    }

    @Test
    void methodsThatNoProxyCanStandBeforeAreNamedWithTheReason(CapturedOutput output) {
        with(search -> {
            search.packagePrivate();
            search.fixed();
            assertThat(telemetry.trace()).hasName("Search.packagePrivate");
        });
        assertThat(output)
                .contains("@Traced on Search.hidden makes no span: the method is private")
                .contains("@Traced on Search.ofTheClass makes no span: the method is static")
                .contains("@Traced on Search.fixed makes no span: the method is final")
                .contains("obs.trace(\"Search.fixed\").call(() -> ..)")
                .doesNotContain("Search.packagePrivate makes no span");
    }

    @Traced
    static class Whole {
        public static void main(String... arguments) {}

        public void method() {}
    }

    @Test
    void ofATypeThatIsTracedAsAWholeStaticMethodsAreNotMeant(CapturedOutput output) {
        runner.withBean(Whole.class).run(context -> {
            context.getBean(Whole.class).method();
            assertThat(telemetry.trace()).hasName("Whole.method");
        });
        assertThat(output).doesNotContain("Whole.main");
    }

    static final class Final {
        @Traced
        public void method() {}
    }

    @Test
    void aFinalClassIsNamedAndTheApplicationStarts(CapturedOutput output) {
        runner.withBean(Final.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(AopUtils.isAopProxy(context.getBean(Final.class))).isFalse();
        });
        assertThat(output).contains("@Traced on Final makes no span: the class is final");
    }

    static class Wrong {
        @Traced(annotate = "term=#nobody.handle")
        public void unknown(String term) {}
    }

    static class Unreadable {
        @Traced(annotate = "term=#term +")
        public void method(String term) {}
    }

    @Test
    void anExpressionThatCannotBeReadEndsTheStartWithItsPlaceAndAnAction() {
        for (Class<?> type : List.of(Wrong.class, Unreadable.class)) {
            runner.withBean(type).run(context -> {
                assertThat(context).hasFailed();
                FailureAnalysis analysis =
                        new InvalidTracedFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure()));
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription())
                        .contains(type.getSimpleName())
                        .contains("term=#");
                assertThat(analysis.getAction()).contains("#user.handle");
            });
        }
    }
}
