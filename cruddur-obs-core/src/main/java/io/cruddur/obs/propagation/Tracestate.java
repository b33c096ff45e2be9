package io.cruddur.obs.propagation;

import org.jspecify.annotations.Nullable;

/**
 * The header {@code tracestate} of W3C Trace Context, level 2: what other vendors' tracers say of the trace. It is handed
 * on and not read; we have nothing to add to it.
 */
final class Tracestate {
    static final String NAME = "tracestate";

    private static final int MAX_MEMBERS = 32;
    private static final int MAX_KEY_CHARS = 256;
    private static final int MAX_VALUE_CHARS = 256;
    /** W3C asks every party to carry 512 at least. */
    private static final int MAX_CHARS = 2_048;

    private Tracestate() {}

    /**
     * Checks it.
     *
     * @return what to hand on: visible ASCII and spaces, empty if it says nothing; null if it is malformed or oversized
     */
    static @Nullable String parse(String header) {
        if (header.length() > MAX_CHARS) {
            return null;
        }
        int members = 0;
        int from = 0;
        while (from < header.length()) {
            int comma = header.indexOf(',', from);
            int to = comma < 0 ? header.length() : comma;
            int start = skipSpaces(header, from, to);
            int end = trimmedEnd(header, start, to);
            if (start < end && (++members > MAX_MEMBERS || !isMember(header, start, end))) {
                return null;
            }
            from = to + 1;
        }
        // A tab is allowed between members, but no control character goes out again.
        return members == 0 ? "" : header.strip().replace('\t', ' ');
    }

    private static boolean isMember(String header, int from, int to) {
        int equals = header.indexOf('=', from);
        if (equals <= from || equals - from > MAX_KEY_CHARS) {
            return false;
        }
        int valueChars = to - equals - 1;
        if (valueChars < 1 || valueChars > MAX_VALUE_CHARS || !startsKey(header.charAt(from))) {
            return false;
        }
        for (int i = from + 1; i < equals; i++) {
            char c = header.charAt(i);
            if (!startsKey(c) && c != '_' && c != '-' && c != '*' && c != '/' && c != '@') {
                return false;
            }
        }
        for (int i = equals + 1; i < to; i++) {
            char c = header.charAt(i);
            if (c < ' ' || c > '~' || c == '=') {
                return false;
            }
        }
        return true;
    }

    private static boolean startsKey(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static int skipSpaces(String header, int from, int to) {
        int at = from;
        while (at < to && isSpace(header.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int trimmedEnd(String header, int from, int to) {
        int end = to;
        while (end > from && isSpace(header.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
