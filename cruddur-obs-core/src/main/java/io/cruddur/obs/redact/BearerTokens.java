package io.cruddur.obs.redact;

/** {@code Bearer} and a token, wherever it stands; with a digit in it, or {@code bearer authentication} would be one. */
final class BearerTokens implements Detector {
    private static final int MIN_CHARS = 8;
    private static final String ENCODED_BLANK = "%20";

    /** Without the first letter, which may be of either case. */
    private final String word;

    private final String firstLetters;

    private BearerTokens(String word, String firstLetters) {
        this.word = word;
        this.firstLetters = firstLetters;
    }

    /** {@code Bearer} and {@code bearer}. */
    static BearerTokens inSmallLetters() {
        return new BearerTokens("earer", "Bb");
    }

    /** {@code BEARER}. */
    static BearerTokens inCapitals() {
        return new BearerTokens("EARER", "B");
    }

    @Override
    public long find(String text, int from) {
        int at = text.indexOf(word, from);
        while (at >= 0) {
            int behind = at + word.length();
            int start = isBearer(text, at - 1) ? token(text, behind) : behind;
            int end = start;
            if (start > behind) {
                boolean digit = false;
                for (; end < text.length() && isOfToken(text.charAt(end)); end++) {
                    digit |= Chars.isDigit(text.charAt(end));
                }
                if (digit && end - start >= MIN_CHARS) {
                    return Range.of(start, end);
                }
            }
            // In what is none there is no other, but its end may be the word itself.
            at = text.indexOf(word, Math.max(behind, end - word.length()));
        }
        return Range.NONE;
    }

    /** Behind the blanks, as they are or in a URL; the same place if there are none. */
    private static int token(String text, int at) {
        if (text.startsWith(ENCODED_BLANK, at)) {
            return at + ENCODED_BLANK.length();
        }
        return at < text.length() && text.charAt(at) == '+' ? at + 1 : Chars.skipBlanks(text, at);
    }

    private boolean isBearer(String text, int at) {
        return at >= 0 && firstLetters.indexOf(text.charAt(at)) >= 0 && Chars.startsWord(text, at);
    }

    private static boolean isOfToken(char c) {
        return Chars.isTokenChar(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
    }
}
