package io.cruddur.obs.propagation;

/** A way in which headers name the trace that a call belongs to. */
public enum PropagationFormat {
    /** X-Ray's: {@code X-Amzn-Trace-Id}. */
    XRAY(XAmznTraceId.NAME, "xray"),
    /** W3C Trace Context, level 2: {@code traceparent} and {@code tracestate}. */
    W3C(Traceparent.NAME, "tracecontext"),
    /** Zipkin's single header: {@code b3}. */
    B3(B3Headers.NAME, "b3"),
    /** Zipkin's several headers: {@code X-B3-TraceId} and others. */
    B3_MULTI(B3Headers.TRACE_ID, "b3multi");

    /**
     * Longer headers are nobody's in good faith: the longest that a service documents has about 200. Those that list
     * things have limits of their own.
     */
    static final int MAX_CHARS = 512;

    private final String traceHeader;
    private final String otelName;

    PropagationFormat(String traceHeader, String otelName) {
        this.traceHeader = traceHeader;
        this.otelName = otelName;
    }

    /** The header that holds the trace's id. */
    public String traceHeader() {
        return traceHeader;
    }

    /** Its name in {@code OTEL_PROPAGATORS}. */
    String otelName() {
        return otelName;
    }
}
