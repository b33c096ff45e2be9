package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** No case of the contract holds without a bridge. */
class RemovedBridgeTest {

    @Test
    void eachCaseFails() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(NoBridge.class))
                .execute()
                .testEvents();
        assertThat(tests.started().count()).isGreaterThan(50);
        assertThat(tests.succeeded().map(event -> event.getTestDescriptor().getDisplayName()))
                .isEmpty();
        assertThat(tests.aborted().count()).isZero();
    }

    static class NoBridge extends TracerContract {
        @Override
        Tracer tracer() {
            return Tracer.NOOP;
        }

        @Override
        Tracer unsampledTracer() {
            return Tracer.NOOP;
        }

        @Override
        Propagator propagator() {
            return Propagator.NOOP;
        }

        @Override
        List<FinishedSpanView> finished() {
            return List.of();
        }

        /** Each case has to fail by itself: here something is always current, and this would fail for all of them. */
        @Override
        void nothingIsLeftCurrent() {}
    }
}
