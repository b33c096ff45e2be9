package io.cruddur.obs;

import io.cruddur.obs.propagation.Traceparent;
import io.cruddur.obs.propagation.XAmznTraceId;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.util.Objects;

/** The ids of a span, for logs, headers and links. Immutable. */
public final class TraceContext {
    /** Outside any trace, or while Cruddur Obs is off. */
    static final TraceContext NONE = new TraceContext(0, 0, 0, false, false);

    private final long traceIdHigh;
    private final long traceIdLow;
    private final long spanId;
    private final boolean sampled;
    /** No part of what it stands for: only told to the next process. */
    private final boolean randomId;

    TraceContext(long traceIdHigh, long traceIdLow, long spanId, boolean sampled, boolean randomId) {
        this.traceIdHigh = traceIdHigh;
        this.traceIdLow = traceIdLow;
        this.spanId = spanId;
        this.sampled = sampled;
        this.randomId = randomId;
    }

    static TraceContext of(Frame frame) {
        return new TraceContext(
                frame.traceIdHigh(),
                frame.traceIdLow(),
                frame.spanId(),
                frame.sampledDownstream(),
                frame.carried().randomId());
    }

    SpanIds ids() {
        return new SpanIds(traceIdHigh, traceIdLow, spanId);
    }

    /** Whether there is a trace; if not, every id is zero. */
    public boolean isValid() {
        return traceIdHigh != 0 || traceIdLow != 0;
    }

    /** The trace id as W3C writes it: 32 hexadecimal digits. */
    public String traceId() {
        return Ids.w3cTraceId(traceIdHigh, traceIdLow);
    }

    /** The trace id as X-Ray writes it: {@code 1-5759e988-bd862e3fe1be46a994272793}. */
    public String xrayTraceId() {
        return Ids.xrayTraceId(traceIdHigh, traceIdLow);
    }

    /** The span id: 16 hexadecimal digits. */
    public String spanId() {
        return Ids.hex(spanId);
    }

    /** Whether the trace is recorded. */
    public boolean sampled() {
        return sampled;
    }

    /** The value of {@code X-Amzn-Trace-Id} for an outbound call: root, parent and decision. */
    public String toXAmznTraceId() {
        return XAmznTraceId.format(traceIdHigh, traceIdLow, spanId, sampled);
    }

    /** The value of {@code X-Amzn-Trace-Id} for a response: root and decision. */
    public String toXAmznTraceIdOfResponse() {
        return XAmznTraceId.format(traceIdHigh, traceIdLow, 0, sampled);
    }

    /** The value of {@code traceparent} for an outbound call. */
    public String toTraceparent() {
        return Traceparent.format(traceIdHigh, traceIdLow, spanId, sampled, randomId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceContext that
                && traceIdHigh == that.traceIdHigh
                && traceIdLow == that.traceIdLow
                && spanId == that.spanId
                && sampled == that.sampled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(traceIdHigh, traceIdLow, spanId, sampled);
    }

    @Override
    public String toString() {
        return toXAmznTraceId();
    }
}
