package io.cruddur.obs.redact;

/** Kinds of characters. All are ASCII: a secret's form is. */
final class Chars {
    static final int MAX_BLANKS = 4;

    private static final byte DIGIT = 1;
    private static final byte LETTER = 2;
    private static final byte JOINT = 4;
    private static final byte[] KINDS = kinds();

    private Chars() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = '0'; c <= '9'; c++) {
            kinds[c] = DIGIT;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            kinds[c] = LETTER;
            kinds[c - 'a' + 'A'] = LETTER;
        }
        kinds['-'] = JOINT;
        kinds['_'] = JOINT;
        return kinds;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return c < 128 && (KINDS[c] & (DIGIT | LETTER)) != 0;
    }

    /** Letters, digits, {@code -} and {@code _}: what tokens are made of. */
    static boolean isTokenChar(char c) {
        return c < 128 && KINDS[c] != 0;
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Behind the blanks that stand here, but for those that are too many to be meant. */
    static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < MAX_BLANKS && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Whether a word may begin here: not behind a letter or digit, unless that ends an escape such as {@code \n}. */
    static boolean startsWord(String text, int at) {
        return at == 0 || !isAlphanumeric(text.charAt(at - 1)) || Escapes.endBefore(text, at);
    }

    /** Behind the letters and digits that stand here. */
    static int endOfAlphanumerics(String text, int from) {
        int at = from;
        while (at < text.length() && isAlphanumeric(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind the token that stands here. */
    static int endOfToken(String text, int from) {
        int at = from;
        while (at < text.length() && isTokenChar(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
