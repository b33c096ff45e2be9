package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** The header {@code X-Amzn-Trace-Id}, as load balancers, API gateways and X-Ray SDKs send it. */
public final class XAmznTraceId {
    /** The header's name. */
    public static final String NAME = "X-Amzn-Trace-Id";

    /** Longer ones are nobody's header in good faith; the longest that the service documents is about 200. */
    private static final int MAX_CHARS = 512;

    private XAmznTraceId() {}

    /**
     * Reads {@code Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1}. Other fields, such as
     * {@code Self} and {@code Lineage}, are passed over.
     *
     * @return null if there is no valid root, or anything in it is malformed or stands twice
     */
    public static @Nullable RemoteParent parse(String header) {
        // A comma joins headers of the same name: two are one too many.
        if (header.length() > MAX_CHARS || header.indexOf(',') >= 0) {
            return null;
        }
        int root = -1;
        int parent = -1;
        int decision = -1;
        int from = 0;
        while (from < header.length()) {
            int to = header.indexOf(';', from);
            to = to < 0 ? header.length() : to;
            from = skipSpaces(header, from, to);
            int equals = header.indexOf('=', from);
            if (equals < 0 || equals >= to) {
                return null;
            }
            int value = equals + 1;
            int length = trimmedEnd(header, value, to) - value;
            if (isKey(header, from, equals, "Root")) {
                if (root >= 0 || !isRoot(header, value, length)) {
                    return null;
                }
                root = value;
            } else if (isKey(header, from, equals, "Parent")) {
                if (parent >= 0 || length != 16 || !HexDigits.areHex(header, value, 16, true)) {
                    return null;
                }
                parent = value;
            } else if (isKey(header, from, equals, "Sampled")) {
                if (decision >= 0 || length != 1 || "01?".indexOf(header.charAt(value)) < 0) {
                    return null;
                }
                decision = value;
            }
            from = to + 1;
        }
        return root < 0 || isZero(header, root) ? null : result(header, root, parent, decision);
    }

    /** The form for a response or an outbound call. */
    public static String format(long traceIdHigh, long traceIdLow, long parentId, boolean sampled) {
        String parent = parentId == 0 ? "" : ";Parent=" + Ids.hex(parentId);
        return "Root=" + Ids.xrayTraceId(traceIdHigh, traceIdLow) + parent + (sampled ? ";Sampled=1" : ";Sampled=0");
    }

    private static RemoteParent result(String header, int root, int parent, int decision) {
        long seconds = HexDigits.parse(header, root + 2, 8);
        long rest = HexDigits.parse(header, root + 11, 8);
        char decided = decision < 0 ? '?' : header.charAt(decision);
        return new RemoteParent(
                seconds << 32 | rest,
                HexDigits.parse(header, root + 19, 16),
                parent < 0 ? 0 : HexDigits.parse(header, parent, 16),
                decided == '?' ? null : decided == '1');
    }

    private static boolean isRoot(String header, int at, int length) {
        return length == 35
                && header.startsWith("1-", at)
                && HexDigits.areHex(header, at + 2, 8, true)
                && header.charAt(at + 10) == '-'
                && HexDigits.areHex(header, at + 11, 24, true);
    }

    /** The id that stands for no trace. */
    private static boolean isZero(String header, int root) {
        return header.startsWith("00000000-000000000000000000000000", root + 2);
    }

    private static boolean isKey(String header, int from, int equals, String key) {
        return equals - from == key.length() && header.startsWith(key, from);
    }

    private static int skipSpaces(String header, int from, int to) {
        int at = from;
        while (at < to && header.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int trimmedEnd(String header, int from, int to) {
        int end = to;
        while (end > from && header.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }
}
