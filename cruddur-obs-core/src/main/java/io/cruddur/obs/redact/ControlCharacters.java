package io.cruddur.obs.redact;

import java.util.HexFormat;

/** Text from outside, made safe for a line of plain text. */
public final class ControlCharacters {
    private static final HexFormat HEX = HexFormat.of();

    private ControlCharacters() {}

    /**
     * Line ends, escape sequences, other controls and the marks that turn the direction of text around, each as {@code
     * \\uXXXX}: so nobody can forge a line or hide a part of it.
     */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i))) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    private static String escapeFrom(String text, int start) {
        var safe = new StringBuilder(text.length() + 16).append(text, 0, start);
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                safe.append("\\u").append(HEX.toHexDigits(c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static boolean isUnsafe(char c) {
        if (c < 0x7F) {
            return c < 0x20;
        }
        return c <= 0x9F
                || c == 0x061C
                || (c >= 0x200E && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
