package io.cruddur.obs.propagation;

import static io.cruddur.obs.propagation.PropagationFormat.B3;
import static io.cruddur.obs.propagation.PropagationFormat.B3_MULTI;
import static io.cruddur.obs.propagation.PropagationFormat.W3C;
import static io.cruddur.obs.propagation.PropagationFormat.XRAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.trace.Carried;
import io.cruddur.obs.trace.RemoteParent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a set of inbound headers says, taken together. */
class PropagatorTest {
    private static final String HIGH = "5759e988bd862e3f";
    private static final String LOW = "e1be46a994272793";
    private static final String SPAN = "53995c3f42cd8ad8";
    private static final String AMZN = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=" + SPAN + ";Sampled=1";
    private static final String SAME = "00-" + HIGH + LOW + "-" + SPAN + "-01";
    private static final String OTHER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Propagator all = new Propagator(Propagation.DEFAULT);

    private static RemoteParent extracted(Propagator by, Map<String, String> headers) {
        return Objects.requireNonNull(by.extract(headers::get));
    }

    private RemoteParent extracted(Map<String, String> headers) {
        return extracted(all, headers);
    }

    private static String trace(RemoteParent parent) {
        return Long.toHexString(parent.traceIdHigh());
    }

    @Test
    void nothingSaysNothing() {
        assertThat(all.extract(name -> null)).isNull();
        assertThat(all.ignored()).isEmpty();
    }

    @Test
    void theFirstFormatThatIsThereCounts() {
        Map<String, String> headers = Map.of("traceparent", OTHER, "X-Amzn-Trace-Id", AMZN);
        assertThat(trace(extracted(headers))).isEqualTo(HIGH);
        var w3cFirst = new Propagator(Propagation.DEFAULT.reading(W3C, XRAY));
        assertThat(trace(extracted(w3cFirst, headers))).isEqualTo("4bf92f3577b34da6");
    }

    @Test
    void eachFormatIsRead() {
        String b3 = HIGH + LOW + "-" + SPAN + "-0";
        assertThat(trace(extracted(Map.of("traceparent", SAME)))).isEqualTo(HIGH);
        assertThat(trace(extracted(Map.of("b3", b3)))).isEqualTo(HIGH);
        assertThat(trace(extracted(Map.of("X-B3-TraceId", HIGH + LOW, "X-B3-SpanId", SPAN))))
                .isEqualTo(HIGH);
    }

    @Test
    void aFormatThatIsNotReadIsNotLookedFor() {
        var asked = new ArrayList<String>();
        new Propagator(Propagation.DEFAULT.reading(B3).baggage(false)).extract(name -> {
            asked.add(name);
            return null;
        });
        assertThat(asked).containsExactly("b3");
    }

    @Test
    void aMalformedOneIsCountedAndTheNextIsTried() {
        RemoteParent parent = extracted(Map.of(
                "X-Amzn-Trace-Id",
                "Root=1",
                "traceparent",
                "00",
                "b3",
                "x",
                "X-B3-TraceId",
                HIGH,
                "X-B3-SpanId",
                SPAN));
        assertThat(parent.traceIdLow()).isEqualTo(Long.parseUnsignedLong(HIGH, 16));
        assertThat(all.ignored()).containsOnly(entry("X-Amzn-Trace-Id", 1L), entry("traceparent", 1L), entry("b3", 1L));
    }

    @Test
    void aNoWithoutIdsIsHeeded() {
        assertThat(extracted(Map.of("b3", "0")).sampled()).isFalse();
        assertThat(extracted(Map.of("X-B3-Sampled", "0")).sampled()).isFalse();
        assertThat(extracted(Map.of("X-B3-Flags", "1")).sampled()).isTrue();
    }

    @Test
    void aMalformedTracestateIsDroppedAndItsTraceparentIsNot() {
        RemoteParent parent = extracted(Map.of("traceparent", SAME, "tracestate", "A=1"));
        assertThat(trace(parent)).isEqualTo(HIGH);
        assertThat(parent.carried()).isEqualTo(Carried.FOREIGN_ID);
        assertThat(all.ignored()).containsOnly(entry("tracestate", 1L));
    }

    @Test
    void aTracestateNeedsAValidTraceparent() {
        assertThat(all.extract(Map.of("traceparent", "00", "tracestate", "a=1")::get))
                .isNull();
    }

    @Test
    void whatW3cSaysOfTheSameTraceIsKeptBehindXraysHeader() {
        String random = SAME.substring(0, SAME.length() - 1) + "3";
        RemoteParent parent = extracted(Map.of("X-Amzn-Trace-Id", AMZN, "traceparent", random, "tracestate", "a=1"));
        assertThat(parent.carried()).isEqualTo(Carried.NOTHING.with("a=1"));
    }

    @Test
    void whatW3cSaysOfAnotherTraceIsNot() {
        assertThat(extracted(Map.of("X-Amzn-Trace-Id", AMZN, "traceparent", OTHER, "tracestate", "a=1"))
                        .carried())
                .isEqualTo(Carried.FOREIGN_ID);
        assertThat(extracted(Map.of("X-Amzn-Trace-Id", AMZN, "tracestate", "a=1"))
                        .carried())
                .isEqualTo(Carried.FOREIGN_ID);
        String otherHalf = SAME.replace(LOW, "00000000" + LOW.substring(8));
        assertThat(extracted(Map.of("X-Amzn-Trace-Id", AMZN, "traceparent", otherHalf, "tracestate", "a=1"))
                        .carried())
                .isEqualTo(Carried.FOREIGN_ID);
        var xrayAlone = new Propagator(Propagation.DEFAULT.reading(XRAY));
        assertThat(extracted(xrayAlone, Map.of("X-Amzn-Trace-Id", AMZN, "traceparent", SAME, "tracestate", "a=1"))
                        .carried())
                .isEqualTo(Carried.FOREIGN_ID);
    }

    @Test
    void baggageComesWithATraceAndWithoutOne() {
        assertThat(extracted(Map.of("X-Amzn-Trace-Id", AMZN, "baggage", "a=1"))
                        .carried()
                        .baggage()
                        .asMap())
                .containsExactly(entry("a", "1"));
        RemoteParent alone = extracted(Map.of("baggage", "a=1"));
        assertThat(alone.carried().baggage().asMap()).containsExactly(entry("a", "1"));
        assertThat(alone.parentId()).isZero();
        assertThat(alone.sampled()).isNull();
        assertThat(alone.carried().randomId()).isTrue();
    }

    @Test
    void baggageThatIsOffIsNotRead() {
        var without = new Propagator(Propagation.DEFAULT.baggage(false));
        assertThat(without.extract(Map.of("baggage", "a=1")::get)).isNull();
    }

    @Test
    void eachMemberThatIsLeftOutIsCounted() {
        assertThat(extracted(Map.of("baggage", "a=1,b,c=%,d=2")).carried().baggage())
                .isEqualTo(Baggage.parse("a=1,d=2", () -> {}));
        assertThat(all.ignored()).containsOnly(entry("baggage", 2L));
    }

    @Test
    void aFunctionThatThrowsIsNoCaller() {
        for (Throwable failure : List.of(new IllegalStateException("recycled"), new StackOverflowError())) {
            assertThat(all.extract(name -> sneak(failure))).isNull();
        }
        assertThat(all.ignored()).containsOnly(entry("unreadable", 2L));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws anything through a function
    private static <T, E extends Throwable> T sneak(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void theDecisionIsThatOfTheFormatThatCounts() {
        var b3First = new Propagator(Propagation.DEFAULT.reading(B3_MULTI, W3C));
        RemoteParent parent = extracted(
                b3First,
                Map.of("X-B3-TraceId", HIGH + LOW, "X-B3-SpanId", SPAN, "X-B3-Sampled", "0", "traceparent", SAME));
        assertThat(parent.sampled()).isFalse();
    }

    @Test
    void anInvocationWhoseHeaderCannotBeReadIsCountedAndNeverThrown() {
        var unreadable = new Propagator(Propagation.DEFAULT, () -> {
            throw new SecurityException("of a policy");
        });
        assertThat(unreadable.invocation()).isNull();
        assertThat(unreadable.ignored()).containsOnly(entry("_X_AMZN_TRACE_ID", 1L));
    }
}
