package io.cruddur.obs.trace;

/**
 * What ties a record of another signal to a span.
 *
 * @param traceIdHigh the trace id's first 64 bits
 * @param traceIdLow its last 64 bits
 * @param spanId the span's id
 */
public record SpanIds(long traceIdHigh, long traceIdLow, long spanId) {
    private static final SpanIds NONE = new SpanIds(0, 0, 0);

    /** The ids of what is current on this thread, recorded or not. */
    public static SpanIds current() {
        Frame frame = Frame.current();
        return frame == null ? NONE : new SpanIds(frame.traceIdHigh(), frame.traceIdLow(), frame.spanId());
    }

    /** False outside a trace; then all ids are 0. */
    public boolean isTraced() {
        return traceIdHigh != 0 || traceIdLow != 0;
    }
}
