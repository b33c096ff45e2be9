package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.entities.TraceID;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.RemoteParent;
import org.jspecify.annotations.Nullable;

/** The SDK's ids and ours. */
final class TraceIds {
    private static final int HEX = 16;
    private static final int FIRST_DIGITS = 8;

    private TraceIds() {}

    static TraceID of(long high, long low) {
        return TraceID.fromString(Ids.xrayTraceId(high, low));
    }

    static long high(TraceID id) {
        String start = id.getStartTimeAsHex();
        return parse(start) << 32 | parse(id.getNumberAsHex().substring(0, FIRST_DIGITS));
    }

    static long low(TraceID id) {
        return parse(id.getNumberAsHex().substring(FIRST_DIGITS));
    }

    /** Null for an id that is none: then a trace of its own begins. */
    static @Nullable RemoteParent remote(@Nullable TraceID id, @Nullable String parentId, boolean sampled) {
        if (id == null || id.equals(TraceID.invalid())) {
            return null;
        }
        return new RemoteParent(high(id), low(id), parent(parentId), sampled);
    }

    /** 0 for none, and for what is no id of a span. */
    static long parent(@Nullable String id) {
        return id == null || id.length() != HEX ? 0 : parse(id);
    }

    private static long parse(String hex) {
        try {
            return Long.parseUnsignedLong(hex, HEX);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
