package io.cruddur.obs.propagation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Hexadecimal ids in a header: strict reading without allocation, and writing by a table. */
final class HexDigits {
    private static final byte[] LOWER = "0123456789abcdef".getBytes(ISO_8859_1);
    /** The value of each digit, -1 for what is none; upper case is none in the first table. */
    private static final byte[] STRICT = new byte[128];

    private static final byte[] EITHER_CASE = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            EITHER_CASE[c] = (byte) Character.digit(c, 16);
            STRICT[c] = c >= 'A' && c <= 'F' ? -1 : EITHER_CASE[c];
        }
    }

    private HexDigits() {}

    /** Whether the given part of the text exists and is all hexadecimal digits; upper case only where allowed. */
    static boolean areHex(String text, int from, int count, boolean upperAllowed) {
        if (from + count > text.length()) {
            return false;
        }
        byte[] table = upperAllowed ? EITHER_CASE : STRICT;
        int seen = 0;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            seen |= c < 128 ? table[c] : -1;
        }
        return seen >= 0;
    }

    /** The value of up to 16 digits that were checked before. */
    static long parse(String text, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 4 | EITHER_CASE[text.charAt(i)];
        }
        return value;
    }

    /** Writes the last so many digits of the value; returns the place behind them. */
    static int put(byte[] to, int at, long value, int digits) {
        for (int i = 0, shift = (digits - 1) * 4; i < digits; i++, shift -= 4) {
            to[at + i] = LOWER[(int) (value >>> shift) & 15];
        }
        return at + digits;
    }

    /** Writes ASCII text; returns the place behind it. */
    @SuppressWarnings("deprecation") // right for ASCII, and it copies without a look at each character
    static int put(byte[] to, int at, String ascii) {
        ascii.getBytes(0, ascii.length(), to, at);
        return at + ascii.length();
    }

    static String text(byte[] ascii) {
        return new String(ascii, ISO_8859_1);
    }
}
