package io.cruddur.obs.propagation;

import io.cruddur.obs.trace.RemoteParent;
import org.jspecify.annotations.Nullable;

/** The header {@code X-Amzn-Trace-Id}, as load balancers, API gateways and X-Ray SDKs send it. */
public final class XAmznTraceId {
    /** The header's name. */
    public static final String NAME = "X-Amzn-Trace-Id";

    private static final int PARENT_AT = 40;
    private static final int PARENT_CHARS = 24;

    private XAmznTraceId() {}

    /**
     * Reads {@code Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1}. Other fields are passed
     * over and not handed on: the load balancer's {@code Self} and Lambda's {@code Lineage} are about one hop, and the
     * service says that there may be fields of anybody's, such as {@code CalledFrom=app}.
     *
     * @return null if there is no valid root, anything in it is malformed or stands twice, or it is oversized
     */
    public static @Nullable RemoteParent parse(String header) {
        // A comma joins headers of the same name: two are one too many.
        if (header.length() > PropagationFormat.MAX_CHARS || header.indexOf(',') >= 0) {
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
            } else if (!isVisible(header, from, to)) {
                return null;
            }
            from = to + 1;
        }
        return root < 0 || isZero(header, root) ? null : result(header, root, parent, decision);
    }

    /** The form for a response or an outbound call; without {@code Parent} if that is 0. */
    public static String format(long traceIdHigh, long traceIdLow, long parentId, boolean sampled) {
        var text = new byte[PARENT_AT + (parentId == 0 ? 0 : PARENT_CHARS) + ";Sampled=1".length()];
        int at = HexDigits.put(text, 0, "Root=1-");
        at = HexDigits.put(text, at, traceIdHigh >>> 32, 8);
        at = HexDigits.put(text, at, "-");
        at = HexDigits.put(text, at, traceIdHigh, 8);
        at = HexDigits.put(text, at, traceIdLow, 16);
        if (parentId != 0) {
            at = HexDigits.put(text, at, ";Parent=");
            at = HexDigits.put(text, at, parentId, 16);
        }
        HexDigits.put(text, at, sampled ? ";Sampled=1" : ";Sampled=0");
        return HexDigits.text(text);
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

    private static boolean isVisible(String header, int from, int to) {
        for (int i = from; i < to; i++) {
            if (header.charAt(i) < ' ' || header.charAt(i) > '~') {
                return false;
            }
        }
        return true;
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
