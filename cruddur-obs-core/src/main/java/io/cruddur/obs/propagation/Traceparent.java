package io.cruddur.obs.propagation;

import io.cruddur.obs.trace.Carried;
import io.cruddur.obs.trace.RemoteParent;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context, level 2. */
public final class Traceparent {
    /** The header's name. */
    public static final String NAME = "traceparent";

    private static final int LENGTH = 55;
    private static final int SAMPLED = 1;
    private static final int RANDOM = 2;

    private Traceparent() {}

    /**
     * Reads {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}. A later version may have more behind a dash.
     *
     * @return null if it is malformed, all zero, of the forbidden version ff, or oversized
     */
    public static @Nullable RemoteParent parse(String header) {
        if (!isValid(header)) {
            return null;
        }
        long high = HexDigits.parse(header, 3, 16);
        long low = HexDigits.parse(header, 19, 16);
        long parent = HexDigits.parse(header, 36, 16);
        if ((high == 0 && low == 0) || parent == 0) {
            return null;
        }
        int flags = flags(header);
        Carried carried = (flags & RANDOM) == 0 ? Carried.FOREIGN_ID : Carried.NOTHING;
        return new RemoteParent(high, low, parent, (flags & SAMPLED) != 0, carried);
    }

    private static boolean isValid(String header) {
        int length = header.length();
        return length >= LENGTH
                && length <= PropagationFormat.MAX_CHARS
                && HexDigits.areHex(header, 0, 2, false)
                && header.charAt(2) == '-'
                && HexDigits.areHex(header, 3, 32, false)
                && header.charAt(35) == '-'
                && HexDigits.areHex(header, 36, 16, false)
                && header.charAt(52) == '-'
                && HexDigits.areHex(header, 53, 2, false)
                && !header.startsWith("ff")
                && (length == LENGTH || (!header.startsWith("00") && header.charAt(LENGTH) == '-'));
    }

    private static int flags(String header) {
        return (int) HexDigits.parse(header, 53, 2);
    }

    /** Whether it is valid and names this trace. */
    static boolean isOf(String header, RemoteParent parent) {
        return isValid(header)
                && HexDigits.parse(header, 3, 16) == parent.traceIdHigh()
                && HexDigits.parse(header, 19, 16) == parent.traceIdLow();
    }

    /** Whether a valid one says that the trace id's last 7 bytes are random. */
    static boolean saysRandomId(String header) {
        return (flags(header) & RANDOM) != 0;
    }

    /**
     * The form for an outbound call.
     *
     * @param randomId whether the trace id's last 7 bytes are known to be random
     */
    public static String format(long traceIdHigh, long traceIdLow, long parentId, boolean sampled, boolean randomId) {
        var text = new byte[LENGTH];
        int at = HexDigits.put(text, 0, "00-");
        at = HexDigits.put(text, at, traceIdHigh, 16);
        at = HexDigits.put(text, at, traceIdLow, 16);
        at = HexDigits.put(text, at, "-");
        at = HexDigits.put(text, at, parentId, 16);
        at = HexDigits.put(text, at, "-");
        HexDigits.put(text, at, (sampled ? SAMPLED : 0) | (randomId ? RANDOM : 0), 2);
        return HexDigits.text(text);
    }
}
