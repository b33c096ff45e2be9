package io.cruddur.obs.redact;

/** PEM private keys, in lines or with {@code \n} for line ends; what has no end goes to the end of the text. */
final class PrivateKeys implements Detector {
    private static final String WORD = "PRIVATE KEY";
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final String END = "-----END";
    private static final String PGP = " BLOCK";
    /** Such as {@code RSA}, {@code EC} or {@code ENCRYPTED}. */
    private static final int MAX_KIND = 20;

    @Override
    public long find(String text, int from) {
        int at = text.indexOf(WORD, from);
        while (at >= 0) {
            int start = body(text, at);
            if (start >= 0) {
                int end = text.indexOf(END, start);
                end = end < 0 ? text.length() : end;
                if (end > start && !text.startsWith(Redactor.MARK, start)) {
                    return Range.of(start, end);
                }
            }
            at = text.indexOf(WORD, at + WORD.length());
        }
        return Range.NONE;
    }

    /** Where the key itself begins; -1 if these words are no header. */
    private static int body(String text, int word) {
        int begin = word - BEGIN.length();
        while (begin >= word - BEGIN.length() - MAX_KIND && !text.startsWith(BEGIN, begin)) {
            begin--;
        }
        if (begin < word - BEGIN.length() - MAX_KIND) {
            return -1;
        }
        int behind = word + WORD.length();
        behind = text.startsWith(PGP, behind) ? behind + PGP.length() : behind;
        return text.startsWith(DASHES, behind) ? behind + DASHES.length() : -1;
    }
}
