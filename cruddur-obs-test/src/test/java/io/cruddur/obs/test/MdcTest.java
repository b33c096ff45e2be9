package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.trace.Sampler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** The ids of the current span, where log patterns look for them. */
class MdcTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.with(builder -> builder.mdc(true));

    @RegisterExtension
    final ObsExtension unsampled =
            ObsExtension.with(builder -> builder.mdc(true).sampler(Sampler.never()));

    @RegisterExtension
    final ObsExtension without = ObsExtension.create();

    private static void assertMdcSays(TraceContext expected) {
        assertThat(MDC.get("traceId")).isEqualTo(expected.traceId());
        assertThat(MDC.get("spanId")).isEqualTo(expected.spanId());
        assertThat(MDC.get("xrayTraceId")).isEqualTo(expected.xrayTraceId());
    }

    private static void assertMdcIsEmpty() {
        assertThat(MDC.get("traceId")).isNull();
        assertThat(MDC.get("spanId")).isNull();
        assertThat(MDC.get("xrayTraceId")).isNull();
    }

    @Test
    void itFollowsTheCurrentSpanInWhateverOrderSpansEnd() {
        Obs obs = telemetry.obs();
        Span root = obs.trace("root").start();
        assertMdcSays(root.context());
        Span outer = obs.trace("outer").start();
        Span inner = obs.trace("inner").start();
        assertMdcSays(inner.context());
        outer.close();
        assertMdcSays(inner.context());
        inner.close();
        assertMdcSays(root.context());
        Span other = obs.trace("other").newTrace().start();
        assertMdcSays(other.context());
        other.close();
        assertMdcSays(root.context());
        root.close();
        assertMdcIsEmpty();
    }

    @Test
    void itIsNeverOfOneTraceAndASpanOfAnother() {
        Obs obs = telemetry.obs();
        try (Span outside = obs.trace("outside").start()) {
            Span other = obs.trace("other").newTrace().start();
            Span child = obs.trace("child").start();
            other.close();
            child.close();
            assertMdcSays(outside.context());
        }
    }

    @Test
    void aTraceThatIsNotRecordedHasIdsInItToo() {
        Obs obs = unsampled.obs();
        obs.trace("root").run(root -> {
            assertMdcSays(root.context());
            obs.trace("child").run(() -> assertMdcSays(root.context()));
            assertMdcSays(root.context());
        });
        assertMdcIsEmpty();
    }

    @Test
    void itGoesToOtherThreadsWithTheTaskAndIsGoneAfterIt() throws Exception {
        Obs obs = telemetry.obs();
        var within = new CompletableFuture<@Nullable String>();
        var after = new CompletableFuture<@Nullable String>();
        try (Span root = obs.trace("root").start()) {
            Runnable task = obs.wrap(() -> {
                within.complete(MDC.get("spanId"));
            });
            var thread = new Thread(() -> {
                task.run();
                after.complete(MDC.get("spanId"));
            });
            thread.start();
            thread.join();
            assertThat(within.get()).isEqualTo(root.context().spanId());
            assertThat(after.get()).isNull();
        }
    }

    @Test
    void aDetachedRootTakesItsIdsOut() {
        Span root = telemetry.obs().trace("root").start();
        root.detach();
        assertMdcIsEmpty();
        root.close();
    }

    @Test
    void nothingIsPutThereUnlessItIsAskedFor() {
        without.obs().trace("root").run(MdcTest::assertMdcIsEmpty);
    }
}
