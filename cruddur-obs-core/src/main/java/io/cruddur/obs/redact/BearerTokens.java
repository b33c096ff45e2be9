package io.cruddur.obs.redact;

/** {@code Bearer} and a token, wherever it stands; with a digit in it, or {@code bearer authentication} would be one. */
final class BearerTokens implements Detector {
    private static final String WORD = "earer ";
    private static final int MIN_CHARS = 8;

    @Override
    public long find(String text, int from) {
        int at = text.indexOf(WORD, from);
        while (at >= 0) {
            int start = at + WORD.length();
            int end = start;
            boolean digit = false;
            while (end < text.length() && isOfToken(text.charAt(end))) {
                digit |= Chars.isDigit(text.charAt(end));
                end++;
            }
            if (digit && end - start >= MIN_CHARS && isBearer(text, at - 1)) {
                return Range.of(start, end);
            }
            at = text.indexOf(WORD, start);
        }
        return Range.NONE;
    }

    private static boolean isBearer(String text, int at) {
        return at >= 0 && (text.charAt(at) == 'B' || text.charAt(at) == 'b') && Chars.startsWord(text, at);
    }

    private static boolean isOfToken(char c) {
        return Chars.isTokenChar(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
    }
}
