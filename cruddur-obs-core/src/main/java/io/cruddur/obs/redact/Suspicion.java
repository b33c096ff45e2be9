package io.cruddur.obs.redact;

/**
 * What a text may hold, by one pass without a branch: most texts hold nothing, and this is all that they cost. It may
 * suspect too much, but never too little.
 */
final class Suspicion {
    /** A {@code =} or {@code :}, which every secret with a name has. */
    static final int SEPARATOR = 1 << 30;
    /** 16 letters, digits, {@code -} or {@code _} in a row, as in every token. */
    static final int TOKEN = 0xFFF0;
    /** 13 digits in a row but for {@code -} and spaces, as in every card number: 13 times 5 is 64 and more. */
    static final int DIGITS = 0x3FC0_0000;

    /** A {@code %}, with which a separator is written in a URL. */
    static final int ENCODED = 1 << 31;

    /** All of them. */
    static final int ANY = SEPARATOR | TOKEN | DIGITS | ENCODED;

    private static final int ONE_DIGIT = 5 << 16;
    /** For whoever needs no suspicion; it says nothing. */
    private static final int ALWAYS = 1;

    private static final int TOKEN_BITS = 0xFFFF;
    private static final int DIGIT_BITS = 0x3FFF_0000;
    /** A control character, which ends every row; it stands for all that is not ASCII as well. */
    private static final int OTHER = 127;

    /** What a character adds to the two counters, and which of them it leaves going. */
    private static final int[] STEP = new int[128];

    private static final int[] KEEP = new int[128];

    static {
        for (char c = 0; c < 128; c++) {
            if (Chars.isDigit(c)) {
                STEP[c] = 1 | ONE_DIGIT;
                KEEP[c] = TOKEN_BITS | DIGIT_BITS;
            } else if (Chars.isTokenChar(c)) {
                STEP[c] = 1;
                KEEP[c] = c == '-' ? TOKEN_BITS | DIGIT_BITS : TOKEN_BITS;
            }
        }
        KEEP[' '] = DIGIT_BITS;
        STEP['='] = SEPARATOR;
        KEEP['='] = SEPARATOR;
        STEP[':'] = SEPARATOR;
        KEEP[':'] = SEPARATOR;
        STEP['%'] = ENCODED;
        KEEP['%'] = ENCODED;
    }

    private Suspicion() {}

    /** The four as bits, in any combination. A counter that runs over can only set more of them. */
    static int of(String text) {
        int state = 0;
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int kind = c < 128 ? c : OTHER;
            state = (state + STEP[kind]) & KEEP[kind];
            seen |= state;
        }
        return seen | ALWAYS;
    }
}
