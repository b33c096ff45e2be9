package io.cruddur.obs.propagation;

import io.cruddur.obs.trace.Carried;
import io.cruddur.obs.trace.RemoteParent;
import org.jspecify.annotations.Nullable;

/**
 * Zipkin's headers: {@code b3} alone, or several that begin with {@code X-B3-}. Ids are lower-case hexadecimal; a trace id
 * of 16 digits is the last half of one. A debug flag is a wish to be recorded, no more.
 */
final class B3Headers {
    static final String NAME = "b3";
    static final String TRACE_ID = "X-B3-TraceId";
    static final String SPAN_ID = "X-B3-SpanId";
    static final String SAMPLED = "X-B3-Sampled";
    static final String FLAGS = "X-B3-Flags";

    private B3Headers() {}

    /**
     * Reads {@code trace id-span id-decision-parent's id}, of which the last two may be missing, or a decision alone.
     *
     * @return null if it is malformed
     */
    static @Nullable RemoteParent parse(String header) {
        int length = header.length();
        if (length == 1) {
            char decision = header.charAt(0);
            return isDecision(decision) ? decisionAlone(decision != '0') : null;
        }
        int dash = header.indexOf('-');
        int spanEnd = dash + 17;
        boolean fits = length == spanEnd || length == spanEnd + 2 || length == spanEnd + 19;
        if ((dash != 16 && dash != 32) || !fits) {
            return null;
        }
        Boolean sampled = null;
        if (length > spanEnd) {
            char decision = header.charAt(spanEnd + 1);
            if (header.charAt(spanEnd) != '-' || !isDecision(decision)) {
                return null;
            }
            sampled = decision != '0';
        }
        if (length > spanEnd + 2
                && (header.charAt(spanEnd + 2) != '-' || !HexDigits.areHex(header, spanEnd + 3, 16, false))) {
            return null;
        }
        return ids(header, dash, header, dash + 1, sampled);
    }

    /**
     * Reads the several headers; null is for one that is missing.
     *
     * @return null if anything in them is malformed
     */
    static @Nullable RemoteParent parse(
            @Nullable String traceId, @Nullable String spanId, @Nullable String sampled, @Nullable String flags) {
        Boolean decision = null;
        if (sampled != null) {
            // The words are of old versions.
            decision = sampled.equals("1") || sampled.equals("true");
            if (!decision && !sampled.equals("0") && !sampled.equals("false")) {
                return null;
            }
        }
        if (flags != null) {
            if (!flags.equals("1") && !flags.equals("0")) {
                return null;
            }
            decision = flags.equals("1") ? Boolean.TRUE : decision;
        }
        if (traceId == null) {
            return decision == null || spanId != null ? null : decisionAlone(decision);
        }
        if (spanId == null || spanId.length() != 16 || (traceId.length() != 16 && traceId.length() != 32)) {
            return null;
        }
        return ids(traceId, traceId.length(), spanId, 0, decision);
    }

    private static @Nullable RemoteParent ids(
            String traceId, int traceIdChars, String spanId, int spanIdAt, @Nullable Boolean sampled) {
        if (!HexDigits.areHex(traceId, 0, traceIdChars, false) || !HexDigits.areHex(spanId, spanIdAt, 16, false)) {
            return null;
        }
        long high = traceIdChars == 16 ? 0 : HexDigits.parse(traceId, 0, 16);
        long low = HexDigits.parse(traceId, traceIdChars - 16, 16);
        long parent = HexDigits.parse(spanId, spanIdAt, 16);
        return (high == 0 && low == 0) || parent == 0 ? null : new RemoteParent(high, low, parent, sampled);
    }

    private static RemoteParent decisionAlone(boolean sampled) {
        return RemoteParent.withoutIds(sampled, Carried.NOTHING);
    }

    private static boolean isDecision(char c) {
        return c == '0' || c == '1' || c == 'd';
    }

    /** The form in one header. */
    static String format(long traceIdHigh, long traceIdLow, long spanId, boolean sampled) {
        var text = new byte[51];
        int at = HexDigits.put(text, 0, traceIdHigh, 16);
        at = HexDigits.put(text, at, traceIdLow, 16);
        at = HexDigits.put(text, at, "-");
        at = HexDigits.put(text, at, spanId, 16);
        HexDigits.put(text, at, sampled ? "-1" : "-0");
        return HexDigits.text(text);
    }

    /** The trace id for {@link #TRACE_ID}. */
    static String traceId(long high, long low) {
        var text = new byte[32];
        HexDigits.put(text, HexDigits.put(text, 0, high, 16), low, 16);
        return HexDigits.text(text);
    }

    /** The span id for {@link #SPAN_ID}. */
    static String spanId(long id) {
        var text = new byte[16];
        HexDigits.put(text, 0, id, 16);
        return HexDigits.text(text);
    }
}
