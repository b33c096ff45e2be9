package io.cruddur.obs.redact;

/** Characters that are written with letters and digits: what stands behind them begins a word all the same. */
final class Escapes {
    private static final char ESC = 0x1B;
    private static final int MAX_COLOUR = 16;
    private static final int UNICODE = 6;
    private static final int PERCENT = 3;

    private Escapes() {}

    /** Whether one ends here: {@code \n}, {@code %20}, {@code \u0009}, or a terminal's colour, {@code ESC[31m}. */
    static boolean endBefore(String text, int at) {
        char last = text.charAt(at - 1);
        return isLetter(text, at, last)
                || isHex(text, at, PERCENT, "%")
                || isHex(text, at, UNICODE, "\\u")
                || (last == 'm' && isColour(text, at));
    }

    private static boolean isLetter(String text, int end, char last) {
        return (last == 'n' || last == 'r' || last == 't') && end > 1 && text.charAt(end - 2) == '\\';
    }

    private static boolean isHex(String text, int end, int chars, String beginning) {
        int start = end - chars;
        if (!text.startsWith(beginning, start)) {
            return false;
        }
        for (int i = start + beginning.length(); i < end; i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static boolean isColour(String text, int end) {
        int at = end - 2;
        while (at > 0 && end - at < MAX_COLOUR && (Chars.isDigit(text.charAt(at)) || text.charAt(at) == ';')) {
            at--;
        }
        return at > 0 && text.charAt(at) == '[' && (text.charAt(at - 1) == ESC || isHex(text, at, UNICODE, "\\u"));
    }

    /** Behind a colour that begins here, if one does. */
    static int skipColour(String text, int from) {
        if (from + 1 >= text.length() || text.charAt(from) != ESC || text.charAt(from + 1) != '[') {
            return from;
        }
        int at = from + 2;
        while (at < text.length()
                && at - from < MAX_COLOUR
                && (Chars.isDigit(text.charAt(at)) || text.charAt(at) == ';')) {
            at++;
        }
        return at < text.length() && text.charAt(at) == 'm' ? at + 1 : from;
    }
}
