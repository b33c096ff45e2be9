package io.cruddur.obs.test;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.TraceAnnotation;
import io.cruddur.obs.TraceMetadata;
import io.cruddur.obs.Traced;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** All that the annotation may say, outside Spring. */
class TracedMethodTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final CompletableFuture<String> later = new CompletableFuture<>();
    private final Sinks.One<String> one = Sinks.one();
    private final Sinks.Many<String> many = Sinks.many().unicast().onBackpressureBuffer();
    private final Activities activities = new Activities();

    record User(String handle, @Nullable Address address) {}

    record Address(String city) {}

    enum Level {
        HIGH
    }

    /** Whose text nobody may ask for. */
    static final class Lazy {
        public String getName() {
            return "loaded";
        }

        public String getSession() {
            throw new AssertionError("was read when it was closed");
        }

        @Override
        public String toString() {
            throw new AssertionError("was asked for its text");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Traced(value = "a step", newTrace = true)
    @interface Step {}

    @Traced("home")
    interface Feed {
        @Traced(
                value = "find",
                annotate = {
                    "user=#user.handle",
                    "city=#a0.address.city",
                    "ttl=#ttl",
                    "count=#result.size()",
                    "first=#result.first"
                })
        Map<String, String> find(User user, int ttl);

        @TraceAnnotation("length")
        int length(@TraceAnnotation String text, @TraceMetadata("the options") List<String> options);

        @TraceMetadata
        List<String> all(
                @TraceAnnotation Level level,
                @TraceAnnotation("within") Duration within,
                @TraceAnnotation Optional<Boolean> open,
                @TraceAnnotation double share,
                @TraceAnnotation @Nullable String none,
                @TraceAnnotation("lazy") Lazy lazy);

        @Traced(annotate = {"broken=#text.nothing()", "kept=#text"})
        void broken(String text);

        @Traced(annotate = {"broken=#lazy.session", "kept=#lazy.name"})
        void worse(Lazy lazy);

        @Step
        void step();

        @Traced(enabled = false)
        void untraced();

        @TraceAnnotation
        CompletionStage<String> later();

        @TraceAnnotation
        Mono<String> one();

        @TraceAnnotation("last")
        Flux<String> many();
    }

    private final class Activities implements Feed {
        @Override
        public Map<String, String> find(User user, int ttl) {
            return Map.of("first", "crud");
        }

        @Override
        public int length(String text, List<String> options) {
            return text.length();
        }

        @Override
        public List<String> all(
                Level level, Duration within, Optional<Boolean> open, double share, @Nullable String none, Lazy lazy) {
            return List.of("a", "b");
        }

        @Override
        public void broken(String text) {}

        @Override
        public void worse(Lazy lazy) {}

        @Override
        public void step() {}

        @Override
        public void untraced() {}

        @Override
        public CompletionStage<String> later() {
            return later;
        }

        @Override
        public Mono<String> one() {
            return one.asMono();
        }

        @Override
        public Flux<String> many() {
            return many.asFlux();
        }
    }

    private Feed feed() {
        return telemetry.obs().traced(Feed.class, activities);
    }

    @Test
    void expressionsArePathsFromParametersAndTheResult() {
        assertThat(feed().find(new User("anna", new Address("Zürich")), 7)).hasSize(1);
        assertThat(telemetry.trace())
                .hasName("find")
                .hasAnnotation("user", "anna")
                .hasAnnotation("city", "Zürich")
                .hasAnnotation("ttl", 7L)
                .hasAnnotation("count", 1L)
                .hasAnnotation("first", "crud");
    }

    @Test
    void aPathThatComesToNullIsNoAnnotation() {
        assertThat(feed().find(new User("anna", null), 7)).hasSize(1);
        assertThat(telemetry.trace()).hasAnnotation("user", "anna").hasNoAnnotation("city");
    }

    @Test
    void parametersAndResultsAreTakenWhereTheyAreNamed() {
        assertThat(feed().length("four", List.of("x"))).isEqualTo(4);
        assertThat(telemetry.trace())
                .hasName("home.length")
                .hasAnnotation("text", "four")
                .hasAnnotation("length", 4L)
                .hasMetadata("the options", "[\"x\"]");
    }

    @Test
    void plainValuesAreAnnotationsAndOfOthersNoTextIsAskedFor() {
        assertThat(feed().all(Level.HIGH, Duration.ofSeconds(5), Optional.of(true), 0.5, null, new Lazy()))
                .hasSize(2);
        assertThat(telemetry.trace())
                .hasAnnotation("level", "HIGH")
                .hasAnnotation("within", "PT5S")
                .hasAnnotation("open", true)
                .hasAnnotation("share", 0.5)
                .hasNoAnnotation("none")
                .hasNoAnnotation("lazy")
                .hasMetadata("result", "[\"a\",\"b\"]");
    }

    @Test
    void anExpressionThatFailsCostsItsAnnotationAndNothingElse() {
        feed().broken("text");
        assertThat(telemetry.trace()).isOk().hasAnnotation("kept", "text").hasNoAnnotation("broken");
    }

    @Test
    void anExpressionThatFailsWithAnErrorDoesToo() {
        feed().worse(new Lazy());
        assertThat(telemetry.trace()).isOk().hasAnnotation("kept", "loaded").hasNoAnnotation("broken");
    }

    @Test
    void anAnnotationOfOnesOwnMayCarryItAndANewTraceBegins() {
        telemetry.obs().trace("scheduler").run(() -> feed().step());
        assertThat(telemetry.traces().roots())
                .extracting(CapturedSpan::name)
                .containsExactlyInAnyOrder("scheduler", "a step");
    }

    @Test
    void aMethodThatIsLeftOutMakesNoSpan() {
        feed().untraced();
        assertThat(telemetry.documents()).isEmpty();
    }

    @Test
    void aStageIsGivenOnAsItIsAndItsEndIsTheSpans() {
        CompletionStage<String> stage = telemetry.obs().trace("request").call(() -> {
            CompletionStage<String> given = feed().later();
            telemetry.obs().trace("meanwhile").run(() -> {});
            return given;
        });
        assertThat(stage).isSameAs(later);
        assertThat(telemetry.obs().openRoots()).containsExactly("request");
        later.complete("done");
        assertThat(telemetry.trace()).hasChildren("home.later", "meanwhile");
        assertThat(telemetry.trace().children().get(0)).hasAnnotation("result", "done");
    }

    @Test
    void aStageThatFailsOrIsCancelledEndsItWithTheFailure() {
        telemetry.obs().trace("fails").run(() -> feed().later());
        later.completeExceptionally(new CompletionException(new IllegalStateException("no")));
        assertThat(telemetry.trace().children().get(0)).isFault().failedWith(IllegalStateException.class);
    }

    @Test
    void aStageThatIsCancelledEndsIt() {
        telemetry.obs().trace("request").run(() -> feed().later());
        assertThat(later.cancel(true)).isTrue();
        assertThat(telemetry.trace().children().get(0)).failedWith(CancellationException.class);
    }

    @Test
    void aMonoIsASpanForEachSubscription() {
        Mono<String> mono = feed().one();
        assertThat(telemetry.documents()).isEmpty();
        telemetry.obs().trace("request").run(() -> {
            var first = mono.toFuture();
            var second = mono.toFuture();
            telemetry.obs().trace("beside").run(() -> {});
            one.tryEmitValue("crud").orThrow();
            assertThat(first).isCompletedWithValue("crud");
            assertThat(second).isCompletedWithValue("crud");
        });
        assertThat(telemetry.trace()).hasChildren("home.one", "home.one", "beside");
        assertThat(telemetry.trace().children().get(0)).hasAnnotation("result", "crud");
    }

    @Test
    void aMonoThatFailsIsAFault() {
        telemetry.obs().trace("request").run(() -> {
            var future = feed().one().toFuture();
            one.tryEmitError(new IllegalStateException("no")).orThrow();
            assertThat(future).isCompletedExceptionally();
        });
        assertThat(telemetry.trace().children().get(0)).isFault().failedWith(IllegalStateException.class);
    }

    @Test
    void aFluxEndsWithItsLastElementAndOneThatIsCancelledEndsWithThat() {
        telemetry.obs().trace("request").run(() -> {
            Disposable subscription = feed().many().subscribe();
            many.tryEmitNext("first").orThrow();
            many.tryEmitNext("second").orThrow();
            many.tryEmitComplete().orThrow();
            assertThat(subscription.isDisposed()).isTrue();
        });
        assertThat(telemetry.trace().children().get(0)).isOk().hasAnnotation("last", "second");
    }

    @Test
    void cancellingAFluxEndsItsSpan() {
        telemetry.obs().trace("request").run(() -> feed().many().subscribe().dispose());
        assertThat(telemetry.trace().children().get(0)).isOk().hasName("home.many");
    }

    interface Wrong {
        @Traced(annotate = "user=#nobody.handle")
        void unknown(String user);
    }

    interface NoPath {
        @Traced(annotate = "sum=1 + 1")
        void sum();
    }

    interface NoKey {
        @Traced(annotate = "#a0")
        void key(String text);
    }

    @Test
    void anExpressionThatCannotBeReadIsToldWhereItStandsAndWhatIsThere() {
        assertThatThrownBy(() -> telemetry.obs().traced(Wrong.class, user -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user=#nobody.handle")
                .hasMessageContaining(".unknown")
                .hasMessageContaining("there are #user");
        assertThatThrownBy(() -> telemetry.obs().traced(NoPath.class, () -> {}))
                .hasMessageContaining("are for beans of Spring");
        assertThatThrownBy(() -> telemetry.obs().traced(NoKey.class, text -> {}))
                .hasMessageContaining("write key=expression");
    }
}
