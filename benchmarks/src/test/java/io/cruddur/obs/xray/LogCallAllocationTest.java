package io.cruddur.obs.xray;

import io.cruddur.obs.Span;
import io.cruddur.obs.benchmarks.peer.LogCalls;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class LogCallAllocationTest {
    @Test
    @SuppressWarnings("try")
    void aShippedLineInATraceAllocatesNoMoreThanItsTargetAboveARenderedOne() throws Exception {
        var rendered = new LogCalls.Rendered();
        rendered.start();
        double base = Allocation.least(rendered::line);
        rendered.stop();
        var shipped = new LogCalls.Shipped();
        shipped.start();
        try (Span current = shipped.span()) {
            Allocation.assertAtMostAbove(base, Allocation.LOG_CALL, shipped::line);
        } finally {
            shipped.stop();
        }
    }
}
