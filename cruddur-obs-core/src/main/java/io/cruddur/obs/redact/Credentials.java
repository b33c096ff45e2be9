package io.cruddur.obs.redact;

/**
 * What stands in an {@code Authorization}: a scheme and its credentials. The names of well-known schemes stay; behind one
 * that is not known all is taken out up to the end of the line, for nobody can tell which of it is secret.
 */
final class Credentials {
    private static final String[] SCHEMES = {"Bearer ", "Basic ", "Token "};

    private Credentials() {}

    /** Behind the name of the scheme, if this is a known one. */
    static int skipScheme(String text, int at) {
        for (String scheme : SCHEMES) {
            if (text.regionMatches(true, at, scheme, 0, scheme.length())) {
                return Chars.skipBlanks(text, at + scheme.length());
            }
        }
        return at;
    }

    /**
     * Where they end.
     *
     * @param known whether the name of a known scheme stands before them
     * @param wordEnd where the word ends that begins them
     */
    static int end(String text, int start, int wordEnd, boolean known) {
        if (wordEnd == start || wordEnd == text.length() || NamedValues.isNothing(text, start, wordEnd)) {
            return wordEnd;
        }
        boolean scheme = !known && Chars.isBlank(text.charAt(wordEnd));
        return scheme || text.charAt(wordEnd - 1) == '=' ? endOfParameters(text, start) : wordEnd;
    }

    /** The end of the line, or the quote that closes what all of this stands in: one that opens follows a {@code =}. */
    private static int endOfParameters(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            char c = text.charAt(at);
            if (!Chars.isQuote(c)) {
                at++;
                continue;
            }
            int opening = at;
            while (opening > from && text.charAt(opening - 1) == '\\') {
                opening--;
            }
            int backslashes = at - opening;
            if (opening == from || text.charAt(opening - 1) != '=' || backslashes > Quotes.MAX_BACKSLASHES) {
                return opening;
            }
            int closing = Quotes.closing(text, at + 1, c, backslashes);
            if (closing < 0) {
                return Chars.endOfLine(text, at);
            }
            at = closing + backslashes + 1;
        }
        return at;
    }
}
