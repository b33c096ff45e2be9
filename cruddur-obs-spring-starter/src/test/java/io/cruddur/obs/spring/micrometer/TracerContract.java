package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.CurrentTraceContext;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every tracer of Micrometer does. Its bridges to OpenTelemetry and Brave are the reference; ours does the same, but
 * for {@link #differences}. Headers are W3C's. The baggage {@code tagged} becomes a tag.
 */
@SuppressWarnings({"try", "NullAway"}) // scopes are opened for what they do; what is null fails a test
abstract class TracerContract {
    static final String TRACE_ID = "5759e988bd862e3fe1be46a994272793";
    static final String SPAN_ID = "53995c3f42cd8ad8";
    static final String TAGGED = "tagged";

    /** The tracer, begun for this test. */
    abstract Tracer tracer();

    abstract Propagator propagator();

    /** All spans that have ended, in no order that means anything. */
    abstract List<FinishedSpanView> finished();

    /** Cases by the name of their method that this tracer does otherwise, and why. */
    Map<String, String> differences() {
        return Map.of();
    }

    /** Makes one that records no trace. */
    abstract Tracer unsampledTracer();

    @BeforeEach
    void leaveOutDifferences(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        String reason = differences().get(name);
        assumeTrue(reason == null, () -> "differs: " + reason);
    }

    @AfterEach
    void nothingIsLeftCurrent() {
        assertThat(tracer().currentSpan()).isNull();
    }

    // Nesting

    @Test
    void aSpanBeginsATraceWhereNothingIsCurrent() {
        tracer().nextSpan().name("one").start().end();
        tracer().nextSpan().name("two").start().end();
        assertThat(named("one").parentId()).isNull();
        assertThat(named("one").traceId())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(named("two").traceId());
        assertThat(named("one").spanId()).matches("[0-9a-f]{16}");
    }

    @Test
    void aCallBeginsATraceWhereNothingIsCurrent() {
        tracer().spanBuilder().name("call").kind(Span.Kind.CLIENT).start().end();
        assertThat(only().parentId()).isNull();
    }

    @Test
    void aSpanBeginsUnderWhatIsCurrent() {
        Span parent = tracer().nextSpan().name("parent").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(parent)) {
            tracer().nextSpan().name("child").start().end();
        }
        parent.end();
        isUnder("child", "parent");
    }

    @Test
    void aBuiltSpanBeginsUnderWhatIsCurrent() {
        Span parent = tracer().spanBuilder().name("parent").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(parent)) {
            tracer().spanBuilder().name("child").start().end();
        }
        parent.end();
        isUnder("child", "parent");
    }

    @Test
    void aSpanBeginsUnderAParentThatIsNotCurrent() {
        Span parent = tracer().nextSpan().name("parent").start();
        tracer().nextSpan(parent).name("child").start().end();
        parent.end();
        isUnder("child", "parent");
    }

    @Test
    void aSpanIsBuiltUnderAContextRatherThanWhatIsCurrent() {
        Span parent = tracer().nextSpan().name("parent").start();
        Span other = tracer().nextSpan().name("other").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(other)) {
            tracer().spanBuilder()
                    .setParent(parent.context())
                    .name("child")
                    .start()
                    .end();
        }
        other.end();
        parent.end();
        isUnder("child", "parent");
    }

    @Test
    void aSpanWithoutAParentBeginsATraceWhateverIsCurrent() {
        Span current = tracer().nextSpan().name("current").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(current)) {
            tracer().spanBuilder().setNoParent().name("other").start().end();
        }
        current.end();
        assertThat(named("other").parentId()).isNull();
        assertThat(named("other").traceId()).isNotEqualTo(named("current").traceId());
    }

    @Test
    void spansNestDeeply() {
        List<Span> spans = new ArrayList<>();
        List<Tracer.SpanInScope> scopes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Span span = tracer().nextSpan().name("span " + i).start();
            spans.add(span);
            scopes.add(tracer().withSpan(span));
        }
        for (int i = 19; i >= 0; i--) {
            scopes.get(i).close();
            spans.get(i).end();
        }
        for (int i = 1; i < 20; i++) {
            isUnder("span " + i, "span " + (i - 1));
        }
    }

    @Test
    void aChildMayEndAfterItsParent() {
        Span parent = tracer().nextSpan().name("parent").start();
        Span child = tracer().nextSpan(parent).name("child").start();
        parent.end();
        child.end();
        isUnder("child", "parent");
    }

    @Test
    void aChildMayBeginAfterItsParentHasEnded() {
        Span parent = tracer().nextSpan().name("parent").start();
        parent.end();
        tracer().nextSpan(parent).name("child").start().end();
        isUnder("child", "parent");
    }

    @Test
    void aContextKnowsItsParent() {
        Span parent = tracer().nextSpan().name("parent").start();
        Span child = tracer().nextSpan(parent).name("child").start();
        assertThat(child.context().parentId()).isEqualTo(parent.context().spanId());
        assertThat(child.context().traceId()).isEqualTo(parent.context().traceId());
        assertThat(child.context().sampled()).isTrue();
        child.end();
        parent.end();
        assertThat(named("child").spanId()).isEqualTo(child.context().spanId());
    }

    // Scopes

    @Test
    void aSpanIsCurrentOnlyInItsScope() {
        Span span = tracer().nextSpan().name("span").start();
        assertThat(tracer().currentSpan()).isNull();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            assertThat(tracer().currentSpan()).isEqualTo(span);
            assertThat(tracer().currentTraceContext().context()).isEqualTo(span.context());
        }
        assertThat(tracer().currentSpan()).isNull();
        assertThat(tracer().currentTraceContext().context()).isNull();
        span.end();
    }

    @Test
    void aScopeGivesBackWhatWasCurrent() {
        Span outer = tracer().nextSpan().name("outer").start();
        Span inner = tracer().nextSpan().name("inner").start();
        assertThat(inner).isNotEqualTo(outer);
        try (Tracer.SpanInScope out = tracer().withSpan(outer)) {
            try (Tracer.SpanInScope in = tracer().withSpan(inner)) {
                assertThat(tracer().currentSpan()).isEqualTo(inner);
            }
            assertThat(tracer().currentSpan()).isEqualTo(outer);
        }
        inner.end();
        outer.end();
    }

    @Test
    void aScopeOfNothingHidesWhatIsCurrent() {
        Span span = tracer().nextSpan().name("span").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            try (Tracer.SpanInScope nothing = tracer().withSpan(null)) {
                assertThat(tracer().currentSpan()).isNull();
                tracer().nextSpan().name("other").start().end();
            }
            assertThat(tracer().currentSpan()).isEqualTo(span);
        }
        span.end();
        assertThat(named("other").traceId()).isNotEqualTo(named("span").traceId());
    }

    @Test
    void aSpanStaysCurrentInItsScopeWhenItHasEnded() {
        Span span = tracer().nextSpan().name("span").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            span.end();
            assertThat(tracer().currentSpan()).isEqualTo(span);
            tracer().nextSpan().name("late").start().end();
        }
        isUnder("late", "span");
    }

    @Test
    void aScopeOfAContextMakesItsSpanCurrent() {
        Span span = tracer().nextSpan().name("span").start();
        try (CurrentTraceContext.Scope scope = tracer().currentTraceContext().newScope(span.context())) {
            tracer().nextSpan().name("child").start().end();
        }
        span.end();
        isUnder("child", "span");
    }

    @Test
    void aScopeOfWhatIsCurrentAlreadyChangesNothing() {
        Span span = tracer().nextSpan().name("span").start();
        try (CurrentTraceContext.Scope scope = tracer().currentTraceContext().maybeScope(span.context())) {
            try (CurrentTraceContext.Scope again =
                    tracer().currentTraceContext().maybeScope(span.context())) {
                assertThat(tracer().currentSpan()).isEqualTo(span);
            }
            assertThat(tracer().currentSpan()).isEqualTo(span);
        }
        assertThat(tracer().currentSpan()).isNull();
        span.end();
    }

    @Test
    void aScopedSpanIsCurrentUntilItEnds() {
        ScopedSpan outer = tracer().startScopedSpan("outer");
        ScopedSpan inner = tracer().startScopedSpan("inner");
        inner.tag("key", "value").event("event").error(new IllegalStateException("wrong"));
        assertThat(tracer().currentTraceContext().context()).isEqualTo(inner.context());
        inner.end();
        assertThat(tracer().currentTraceContext().context()).isEqualTo(outer.context());
        outer.end();
        isUnder("inner", "outer");
        assertThat(named("inner").tags()).containsEntry("key", "value");
        assertThat(named("inner").events()).contains("event");
        assertThat(named("inner").error()).contains("wrong");
    }

    @Test
    void aScopeIsOfItsThreadAlone() throws Exception {
        Span span = tracer().nextSpan().name("span").start();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            assertThat(executor.submit(() -> tracer().currentSpan() == null).get(20, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(tracer().currentSpan()).isEqualTo(span);
        } finally {
            executor.shutdown();
        }
        span.end();
    }

    @Test
    void wrappedWorkGoesOnWithWhatIsCurrent() throws Exception {
        Span span = tracer().nextSpan().name("span").start();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            CurrentTraceContext current = tracer().currentTraceContext();
            Runnable task = () -> tracer().nextSpan().name("runnable").start().end();
            executor.submit(current.wrap(task)).get(20, TimeUnit.SECONDS);
            executor.submit(current.wrap(() -> end("callable"))).get(20, TimeUnit.SECONDS);
            current.wrap((java.util.concurrent.Executor) executor).execute(() -> end("executor"));
            current.wrap(executor).submit(() -> end("service")).get(20, TimeUnit.SECONDS);
        } finally {
            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        span.end();
        for (String each : List.of("runnable", "callable", "executor", "service")) {
            isUnder(each, "span");
        }
    }

    private boolean end(String name) {
        tracer().nextSpan().name(name).start().end();
        return true;
    }

    @Test
    void aSpanMayGoOnOnAnotherThread() throws Exception {
        Span span = tracer().nextSpan().name("span").start();
        var thread = new Thread(() -> {
            try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
                span.tag("there", "yes");
                end("child");
            }
            span.end();
        });
        thread.start();
        thread.join(20_000);
        isUnder("child", "span");
        assertThat(named("span").tags()).containsEntry("there", "yes");
    }

    // What is said of a span

    @Test
    void theLastNameCounts() {
        tracer().spanBuilder().name("first").start().name("last").end();
        assertThat(named("last").parentId()).isNull();
    }

    @Test
    void tagsAreKept() {
        tracer().spanBuilder()
                .name("span")
                .tag("early", "1")
                .tag("earlyNumber", 2L)
                .start()
                .tag("text", "a")
                .tag("long", 3L)
                .tag("double", 1.5)
                .tag("boolean", true)
                .end();
        Map<String, Object> tags = named("span").tags();
        assertThat(tags).containsEntry("early", "1").containsEntry("text", "a");
        assertThat(tags.get("earlyNumber")).hasToString("2");
        assertThat(tags.get("long")).hasToString("3");
        assertThat(tags.get("double")).hasToString("1.5");
        assertThat(tags.get("boolean")).hasToString("true");
    }

    @Test
    void aTagThatIsSaidAgainHasItsLastValue() {
        tracer().nextSpan()
                .name("span")
                .start()
                .tag("key", "one")
                .tag("key", "two")
                .end();
        assertThat(named("span").tags()).containsEntry("key", "two");
    }

    @Test
    void theCustomizerSpeaksOfWhatIsCurrent() {
        Span span = tracer().nextSpan().name("span").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            tracer().currentSpanCustomizer().name("renamed").tag("key", "value").event("event");
        }
        span.end();
        assertThat(named("renamed").tags()).containsEntry("key", "value");
        assertThat(named("renamed").events()).contains("event");
    }

    @Test
    void eventsAreKeptInTheirOrder() {
        Span span = tracer().spanBuilder().name("span").event("first").start();
        span.event("second").event("second again").event("second again").end();
        assertThat(named("span").events()).containsExactly("first", "second", "second again", "second again");
    }

    @Test
    void anErrorIsKept() {
        tracer().nextSpan()
                .name("span")
                .start()
                .error(new IllegalStateException("wrong"))
                .end();
        assertThat(named("span").error()).contains("wrong");
    }

    @Test
    void anErrorMayBeSaidBeforeTheSpanBegins() {
        tracer().spanBuilder()
                .name("span")
                .error(new IllegalStateException("wrong"))
                .start()
                .end();
        assertThat(named("span").error()).contains("wrong");
    }

    @ParameterizedTest
    @EnumSource(Span.Kind.class)
    void theKindIsKept(Span.Kind kind) {
        tracer().spanBuilder().name("span").kind(kind).start().end();
        assertThat(only().kind()).isEqualTo(kind.name());
    }

    @Test
    void theServiceThatIsCalledIsKept() {
        tracer().spanBuilder()
                .name("get")
                .kind(Span.Kind.CLIENT)
                .remoteServiceName("billing")
                .start()
                .end();
        assertThat(only().tags()).containsValue("billing");
    }

    @Test
    void theAddressThatIsCalledIsKept() {
        tracer().spanBuilder()
                .setNoParent()
                .name("get")
                .kind(Span.Kind.CLIENT)
                .start()
                .remoteIpAndPort("192.0.2.7", 5432)
                .end();
        assertThat(only().tags().values().toString()).contains("192.0.2.7").contains("5432");
    }

    @Test
    void timesMayBeGiven() {
        long start = Instant.now().toEpochMilli() - 5_000;
        tracer().spanBuilder()
                .name("span")
                .startTimestamp(start, TimeUnit.MILLISECONDS)
                .start()
                .end(start + 3_000, TimeUnit.MILLISECONDS);
        assertThat(named("span").endMicros() - named("span").startMicros()).isCloseTo(3_000_000, within(2_000L));
        assertThat(named("span").startMicros()).isCloseTo(start * 1_000, within(2_000L));
    }

    @Test
    void linksAreKept() {
        Span other = tracer().nextSpan().name("other").start();
        other.end();
        tracer().spanBuilder()
                .name("span")
                .addLink(new Link(other.context()))
                .start()
                .end();
        assertThat(named("span").links())
                .containsExactly(
                        other.context().traceId() + '-' + other.context().spanId());
    }

    @Test
    void aSpanEndsOnce() {
        Span span = tracer().nextSpan().name("span").start();
        span.end();
        span.end();
        assertThat(finished()).hasSize(1);
    }

    @Test
    void whatIsSaidAfterTheEndIsIgnored() {
        Span span = tracer().nextSpan().name("span").start();
        span.end();
        span.name("other").tag("key", "value").event("event");
        assertThat(only().name()).isEqualTo("span");
        assertThat(only().tags()).doesNotContainKey("key");
        assertThat(only().events()).isEmpty();
    }

    @Test
    void aSpanThatIsAbandonedIsNotReported() {
        tracer().nextSpan().name("abandoned").start().abandon();
        tracer().nextSpan().name("kept").start().end();
        assertThat(finished()).extracting(FinishedSpanView::name).containsExactly("kept");
    }

    // Not recorded

    @Test
    void aTraceThatIsNotRecordedHasIdsAllTheSame() {
        Tracer never = unsampledTracer();
        Span span = never.nextSpan().name("span").start();
        try (Tracer.SpanInScope scope = never.withSpan(span)) {
            assertThat(span.context().traceId()).matches("[0-9a-f]{32}");
            assertThat(span.context().sampled()).isFalse();
            assertThat(span.isNoop()).isTrue();
            Span child = never.nextSpan().name("child").start();
            assertThat(child.context().traceId()).isEqualTo(span.context().traceId());
            child.end();
        }
        span.end();
        assertThat(never.currentSpan()).isNull();
        assertThat(finished()).isEmpty();
    }

    @Test
    void everySpanOfATraceThatIsNotRecordedHasAnIdOfItsOwn() {
        Tracer never = unsampledTracer();
        Span span = never.nextSpan().name("span").start();
        Span child = never.nextSpan(span).name("child").start();
        assertThat(child.context().spanId()).isNotEqualTo(span.context().spanId());
    }

    // Propagation

    @Test
    void theHeadersOfASpanThatIsNotCurrentAreWritten() {
        Span span = tracer().nextSpan().name("span").start();
        assertThat(injected(span.context()))
                .hasEntrySatisfying(
                        "traceparent",
                        header -> assertThat(header)
                                .startsWith("00-" + span.context().traceId() + '-'
                                        + span.context().spanId() + "-0"));
        assertThat(propagator().fields()).contains("traceparent");
        span.end();
    }

    @Test
    void aCallersTraceIsGoneOnWith() {
        extract(Map.of("traceparent", "00-" + TRACE_ID + '-' + SPAN_ID + "-01"))
                .name("span")
                .start()
                .end();
        assertThat(named("span").traceId()).isEqualTo(TRACE_ID);
        assertThat(named("span").parentId()).isEqualTo(SPAN_ID);
    }

    @Test
    void aCallersDecisionNotToRecordIsKept() {
        Span span = extract(Map.of("traceparent", "00-" + TRACE_ID + '-' + SPAN_ID + "-00"))
                .name("span")
                .start();
        assertThat(injected(span.context()).get("traceparent"))
                .startsWith("00-" + TRACE_ID)
                .endsWith("-00");
        span.end();
        assertThat(finished()).isEmpty();
    }

    @Test
    void withoutHeadersATraceBegins() {
        extract(Map.of()).name("span").start().end();
        assertThat(named("span").parentId()).isNull();
    }

    @Test
    void malformedHeadersAreIgnored() {
        extract(Map.of("traceparent", "00-xyz-1-01")).name("span").start().end();
        assertThat(named("span").parentId()).isNull();
        assertThat(named("span").traceId()).matches("[0-9a-f]{32}");
    }

    @Test
    void aTraceGoesThroughTwoProcesses() {
        Span here = tracer().nextSpan().name("here").start();
        extract(injected(here.context())).name("there").start().end();
        here.end();
        isUnder("there", "here");
    }

    @Test
    void aBuiltContextIsAParent() {
        TraceContext context = tracer().traceContextBuilder()
                .traceId(TRACE_ID)
                .spanId(SPAN_ID)
                .sampled(true)
                .build();
        tracer().spanBuilder().setParent(context).name("span").start().end();
        assertThat(named("span").traceId()).isEqualTo(TRACE_ID);
        assertThat(named("span").parentId()).isEqualTo(SPAN_ID);
    }

    @Test
    void aBuiltContextMayBeCurrent() {
        TraceContext context = tracer().traceContextBuilder()
                .traceId(TRACE_ID)
                .spanId(SPAN_ID)
                .sampled(true)
                .build();
        try (CurrentTraceContext.Scope scope = tracer().currentTraceContext().newScope(context)) {
            assertThat(tracer().currentTraceContext().context().traceId()).isEqualTo(TRACE_ID);
            tracer().nextSpan().name("span").start().end();
        }
        assertThat(named("span").traceId()).isEqualTo(TRACE_ID);
        assertThat(named("span").parentId()).isEqualTo(SPAN_ID);
    }

    // Baggage

    @Test
    void baggageIsThereInItsScope() {
        inSpan(span -> {
            try (BaggageInScope baggage = tracer().createBaggageInScope("tenant", "acme")) {
                assertThat(baggage.name()).isEqualTo("tenant");
                assertThat(baggage.get()).isEqualTo("acme");
                assertThat(tracer().getAllBaggage()).containsEntry("tenant", "acme");
                assertThat(tracer().getBaggage("tenant").get()).isEqualTo("acme");
            }
            assertThat(tracer().getBaggage("tenant").get()).isNull();
        });
    }

    @Test
    void theEndOfAScopeGivesBackTheValueBefore() {
        inSpan(span -> {
            try (BaggageInScope one = tracer().createBaggageInScope("tenant", "one")) {
                try (BaggageInScope two = tracer().createBaggageInScope("tenant", "two")) {
                    assertThat(tracer().getBaggage("tenant").get()).isEqualTo("two");
                }
                assertThat(tracer().getBaggage("tenant").get()).isEqualTo("one");
            }
        });
    }

    @Test
    void severalEntriesAreThereAtOnce() {
        inSpan(span -> {
            try (BaggageInScope one = tracer().createBaggageInScope("tenant", "acme");
                    BaggageInScope two = tracer().createBaggageInScope("region", "eu")) {
                assertThat(tracer().getAllBaggage())
                        .containsEntry("tenant", "acme")
                        .containsEntry("region", "eu");
            }
        });
    }

    @Test
    void baggageIsOfTheSpansThatBeginInItsScope() {
        inSpan(span -> {
            Span child;
            try (BaggageInScope baggage = tracer().createBaggageInScope("tenant", "acme")) {
                child = tracer().nextSpan().name("child").start();
            }
            try (Tracer.SpanInScope scope = tracer().withSpan(child)) {
                assertThat(tracer().getBaggage("tenant").get()).isEqualTo("acme");
            }
            assertThat(tracer().getBaggage(child.context(), "tenant").get()).isEqualTo("acme");
            assertThat(tracer().getAllBaggage(child.context())).containsEntry("tenant", "acme");
            child.end();
        });
    }

    @Test
    void baggageIsMadeForAContext() {
        inSpan(span -> {
            try (BaggageInScope baggage = tracer().createBaggageInScope(span.context(), "tenant", "acme")) {
                assertThat(baggage.get(span.context())).isEqualTo("acme");
                assertThat(tracer().getAllBaggage(span.context())).containsEntry("tenant", "acme");
            }
        });
    }

    @Test
    void baggageGoesWithTheHeaders() {
        inSpan(span -> {
            try (BaggageInScope baggage = tracer().createBaggageInScope("tenant", "acme")) {
                Span call = tracer().spanBuilder()
                        .name("call")
                        .kind(Span.Kind.CLIENT)
                        .start();
                assertThat(injected(call.context()).get("baggage")).contains("tenant=acme");
                call.end();
            }
        });
    }

    @Test
    void aCallersBaggageIsThere() {
        Span span = extract(Map.of("traceparent", "00-" + TRACE_ID + '-' + SPAN_ID + "-01", "baggage", "tenant=acme"))
                .name("span")
                .start();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            assertThat(tracer().getBaggage("tenant").get()).isEqualTo("acme");
            assertThat(injected(span.context()).get("baggage")).contains("tenant=acme");
        }
        span.end();
    }

    @Test
    void wrappedWorkHasTheBaggage() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            inSpan(span -> {
                try (BaggageInScope baggage = tracer().createBaggageInScope("tenant", "acme")) {
                    assertThat(executor.submit(tracer().currentTraceContext()
                                            .wrap(() -> String.valueOf(tracer().getBaggage("tenant")
                                                    .get())))
                                    .get(20, TimeUnit.SECONDS))
                            .isEqualTo("acme");
                }
            });
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void chosenBaggageIsATagOfTheSpanInWhichItIsPut() {
        inSpan(span -> tracer().createBaggageInScope(TAGGED, "yes").close());
        assertThat(named("span").tags()).containsEntry(TAGGED, "yes");
    }

    interface Body {
        void run(Span span) throws Exception;
    }

    final void inSpan(Body body) {
        Span span = tracer().nextSpan().name("span").start();
        try (Tracer.SpanInScope scope = tracer().withSpan(span)) {
            body.run(span);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            span.end();
        }
    }

    final Map<String, String> injected(TraceContext context) {
        var headers = new HashMap<String, String>();
        propagator().inject(context, headers, Map::put);
        return headers;
    }

    final Span.Builder extract(Map<String, String> headers) {
        return propagator().extract(headers, new Propagator.Getter<Map<String, String>>() {
            @Override
            public @Nullable String get(Map<String, String> carrier, String key) {
                return carrier.get(key);
            }
        });
    }

    final FinishedSpanView named(String name) {
        return finished().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No span " + name + " in " + finished()));
    }

    final FinishedSpanView only() {
        assertThat(finished()).hasSize(1);
        return finished().get(0);
    }

    final void isUnder(String child, String parent) {
        assertThat(named(child).parentId()).isEqualTo(named(parent).spanId());
        assertThat(named(child).traceId()).isEqualTo(named(parent).traceId());
        assertThat(Objects.requireNonNull(named(child).parentId())).matches("[0-9a-f]{16}");
    }
}
