package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context. */
public final class Traceparent {
    /** The header's name. */
    public static final String NAME = "traceparent";

    private static final int LENGTH = 55;

    private Traceparent() {}

    /**
     * Reads {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}. A later version may have more behind a dash.
     *
     * @return null if it is malformed, all zero, or of the forbidden version ff
     */
    public static @Nullable RemoteParent parse(String header) {
        if (header.length() < LENGTH
                || header.length() > 512
                || !HexDigits.areHex(header, 0, 2, false)
                || header.charAt(2) != '-'
                || !HexDigits.areHex(header, 3, 32, false)
                || header.charAt(35) != '-'
                || !HexDigits.areHex(header, 36, 16, false)
                || header.charAt(52) != '-'
                || !HexDigits.areHex(header, 53, 2, false)) {
            return null;
        }
        boolean version0 = header.startsWith("00");
        boolean lengthFits = header.length() == LENGTH || (!version0 && header.charAt(LENGTH) == '-');
        long high = HexDigits.parse(header, 3, 16);
        long low = HexDigits.parse(header, 19, 16);
        long parent = HexDigits.parse(header, 36, 16);
        if (!lengthFits || header.startsWith("ff") || (high == 0 && low == 0) || parent == 0) {
            return null;
        }
        return new RemoteParent(high, low, parent, (HexDigits.parse(header, 53, 2) & 1) == 1);
    }

    /** The form for an outbound call. */
    public static String format(long traceIdHigh, long traceIdLow, long parentId, boolean sampled) {
        return "00-" + Ids.w3cTraceId(traceIdHigh, traceIdLow) + '-' + Ids.hex(parentId) + (sampled ? "-01" : "-00");
    }
}
