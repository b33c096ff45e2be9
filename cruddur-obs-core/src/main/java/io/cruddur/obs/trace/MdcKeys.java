package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keeps the ids of what is current in SLF4J's diagnostic context, for log patterns of the application's own: {@code
 * traceId} (W3C form), {@code spanId} and {@code xrayTraceId}, recorded or not. Our own appender does without.
 */
public final class MdcKeys implements CurrentListener {
    /** 32 hexadecimal digits. */
    public static final String TRACE_ID = "traceId";
    /** 16 hexadecimal digits. */
    public static final String SPAN_ID = "spanId";
    /** As X-Ray writes it, which is how its console finds a trace's log lines. */
    public static final String XRAY_TRACE_ID = "xrayTraceId";

    @Override
    public void changed(@Nullable Frame now, boolean sameTrace) {
        if (now == null) {
            MDC.remove(TRACE_ID);
            MDC.remove(SPAN_ID);
            MDC.remove(XRAY_TRACE_ID);
            return;
        }
        if (!sameTrace) {
            long high = now.traceIdHigh();
            long low = now.traceIdLow();
            MDC.put(TRACE_ID, Ids.w3cTraceId(high, low));
            MDC.put(XRAY_TRACE_ID, Ids.xrayTraceId(high, low));
        }
        MDC.put(SPAN_ID, Ids.hex(now.spanId()));
    }
}
