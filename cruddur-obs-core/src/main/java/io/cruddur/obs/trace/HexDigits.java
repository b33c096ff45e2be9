package io.cruddur.obs.trace;

/** Strict reading of hexadecimal ids out of a header, without allocation. */
final class HexDigits {
    private HexDigits() {}

    /** Whether the given part of the text exists and is all hexadecimal digits; upper case only where allowed. */
    static boolean areHex(String text, int from, int count, boolean upperAllowed) {
        if (from + count > text.length()) {
            return false;
        }
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (upperAllowed && c >= 'A' && c <= 'F');
            if (!hex) {
                return false;
            }
        }
        return true;
    }

    /** The value of up to 16 digits that were checked before. */
    static long parse(String text, int from, int count) {
        return Long.parseUnsignedLong(text, from, from + count, 16);
    }
}
