package io.cruddur.obs.redact;

/** Where a text may be cut that is redacted only later: a half of a secret looks like none. */
public final class Cuts {
    /** Tokens that have no end in sight within that many characters are known by their beginning. */
    private static final int MAX_WORD = 256;

    private Cuts() {}

    /**
     * At the end or before it, so that no word is cut in half and no number in groups is.
     *
     * @param end where the text would be cut
     */
    public static int before(String text, int end) {
        if (end <= 0 || end >= text.length()) {
            return end;
        }
        int lowest = Math.max(0, end - MAX_WORD);
        int cut = wordStart(text, end, lowest);
        if (cut == lowest) {
            cut = tokenStart(text, end, lowest);
        }
        if (cut == lowest && lowest > 0) {
            return end;
        }
        while (cut > lowest && isOfNumber(text.charAt(cut - 1))) {
            cut--;
        }
        return cut;
    }

    private static int wordStart(String text, int end, int lowest) {
        int at = end;
        while (at > lowest && text.charAt(at - 1) > ' ' && !Chars.isQuote(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int tokenStart(String text, int end, int lowest) {
        int at = end;
        while (at > lowest && Chars.isTokenChar(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean isOfNumber(char c) {
        return Chars.isDigit(c) || c == ' ' || c == '-';
    }
}
