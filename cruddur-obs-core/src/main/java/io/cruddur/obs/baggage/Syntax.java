package io.cruddur.obs.baggage;

/** The characters that W3C allows in the parts of the header. */
final class Syntax {
    private static final boolean[] TOKEN = new boolean[128];
    private static final boolean[] VALUE = new boolean[128];

    static {
        for (char c = 0x21; c < 0x7F; c++) {
            TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
            VALUE[c] = "\",;\\".indexOf(c) < 0;
        }
    }

    private Syntax() {}

    /** Whether the character may stand in a value as it is. */
    static boolean isValueCharacter(char c) {
        return c < 128 && VALUE[c];
    }

    /** Whether the whole text is a token, as a key must be. */
    static boolean isToken(String text) {
        return !text.isEmpty() && tokenEnd(text, 0, text.length()) == text.length();
    }

    /** Where the token that begins at {@code from} ends. */
    static int tokenEnd(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) < 128 && TOKEN[text.charAt(at)]) {
            at++;
        }
        return at;
    }

    /** Where the value that begins at {@code from} ends. */
    static int valueEnd(String text, int from, int to) {
        int at = from;
        while (at < to && isValueCharacter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The first character at or after {@code from} that is no space. */
    static int skipSpaces(String text, int from, int to) {
        int at = from;
        while (at < to && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The end of the text without the spaces before {@code to}. */
    static int trimmedEnd(String text, int from, int to) {
        int end = to;
        while (end > from && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
