package io.cruddur.obs.log;

import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.MdcKeys;
import io.cruddur.obs.trace.SpanIds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The diagnostic context without the ids that the line's head has: they would be a sixth of an access line. */
final class MdcOfLine {
    private static final Set<String> IDS = Set.of(MdcKeys.TRACE_ID, MdcKeys.SPAN_ID, MdcKeys.XRAY_TRACE_ID);

    private MdcOfLine() {}

    static Map<String, @Nullable String> of(LogRecord record) {
        Map<String, @Nullable String> mdc = record.mdc();
        if (mdc.isEmpty() || !saysTheSame(mdc, record.ids())) {
            return mdc;
        }
        if (mdc.size() == IDS.size()) {
            return Map.of();
        }
        var rest = new LinkedHashMap<>(mdc);
        rest.keySet().removeAll(IDS);
        return rest;
    }

    /** Others of the same names, as those of another library, stay. */
    private static boolean saysTheSame(Map<String, @Nullable String> mdc, SpanIds ids) {
        return ids.isTraced()
                && Ids.hex(ids.spanId()).equals(mdc.get(MdcKeys.SPAN_ID))
                && Ids.w3cTraceId(ids.traceIdHigh(), ids.traceIdLow()).equals(mdc.get(MdcKeys.TRACE_ID))
                && Ids.xrayTraceId(ids.traceIdHigh(), ids.traceIdLow()).equals(mdc.get(MdcKeys.XRAY_TRACE_ID));
    }
}
