package io.cruddur.obs.redact;

/** Quotes, and those of JSON that is text in JSON. */
final class Quotes {
    /** As in JSON three times in JSON. */
    static final int MAX_BACKSLASHES = 8;

    private Quotes() {}

    /**
     * Where the closing quote begins with its backslashes; -1 if there is none. Each time that JSON is put into JSON a
     * quote gets twice as many and one more; so one of the text itself differs from one that closes it.
     */
    static int closing(String text, int from, char quote, int backslashes) {
        int before = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote && before % (2 * (backslashes + 1)) == backslashes) {
                return i - backslashes;
            }
            before = c == '\\' ? before + 1 : 0;
        }
        return -1;
    }
}
