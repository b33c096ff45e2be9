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
        return withoutGroups(text, cut, lowest);
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

    /** Before the groups of digits that stand at the end, which others may follow. */
    private static int withoutGroups(String text, int end, int lowest) {
        int cut = end;
        while (true) {
            int groupEnd = cut;
            while (groupEnd > lowest && isSeparator(text.charAt(groupEnd - 1))) {
                groupEnd--;
            }
            int group = groupEnd;
            while (group > lowest && Chars.isDigit(text.charAt(group - 1))) {
                group--;
            }
            if (group == groupEnd || (group > lowest && isOfWord(text.charAt(group - 1)))) {
                return cut;
            }
            cut = group;
        }
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-';
    }

    private static boolean isOfWord(char c) {
        return Chars.isTokenChar(c) && c != '-';
    }
}
