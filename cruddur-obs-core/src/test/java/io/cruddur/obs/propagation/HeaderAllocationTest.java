package io.cruddur.obs.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reading a good header allocates its result and nothing else. */
class HeaderAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TIMES = 20_000;
    /** Three longs, two references, and the object's head. */
    private static final long RESULT_BYTES = 48;

    private @Nullable Object kept;

    private long bytesEach(Function<String, @Nullable Object> reader, String header) {
        kept = reader.apply(header);
        assertThat(kept).as(header).isNotNull();
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < TIMES; i++) {
            kept = reader.apply(header);
        }
        return (THREADS.getThreadAllocatedBytes(thread) - before) / TIMES;
    }

    @Test
    void aTraceHeaderCostsItsResult() {
        assertThat(bytesEach(
                        XAmznTraceId::parse,
                        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"))
                .isLessThanOrEqualTo(RESULT_BYTES);
        assertThat(bytesEach(Traceparent::parse, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03"))
                .isLessThanOrEqualTo(RESULT_BYTES);
        assertThat(bytesEach(B3Headers::parse, "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1"))
                .isLessThanOrEqualTo(RESULT_BYTES);
        assertThat(bytesEach(
                        traceId -> B3Headers.parse(traceId, "e457b5a2e4d86bd1", "1", null),
                        "80f198ee56343ba864fe8b2a57d3eff7"))
                .isLessThanOrEqualTo(RESULT_BYTES);
    }

    @Test
    void aTracestateIsHandedOnWithoutACopy() {
        assertThat(bytesEach(Tracestate::parse, "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE"))
                .isZero();
    }

    @Test
    void twoFormatsOfOneTraceCostOneResult() {
        var propagator = new Propagator(Propagation.DEFAULT);
        assertThat(bytesEach(
                        header -> propagator.extract(name -> name.equals(XAmznTraceId.NAME) ? header : null),
                        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"))
                .isLessThanOrEqualTo(RESULT_BYTES + 24);
    }
}
