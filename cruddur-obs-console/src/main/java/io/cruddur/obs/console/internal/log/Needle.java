package io.cruddur.obs.console.internal.log;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A text to look for in many lines, whatever its case. Of ASCII it is looked for in the bytes, which makes no garbage. */
final class Needle {

    private final String text;
    private final byte[] lower;
    private final boolean ascii;

    Needle(String text) {
        this.text = text.toLowerCase(Locale.ROOT);
        this.lower = this.text.getBytes(StandardCharsets.UTF_8);
        // JSON writes a quote or a backslash as two bytes; the slow way reads them.
        this.ascii = this.text.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\');
    }

    boolean isIn(String other) {
        return other.toLowerCase(Locale.ROOT).contains(text);
    }

    /** In a text, or in JSON as far as it is not escaped there. */
    boolean isIn(byte[] utf8) {
        if (!ascii) return isIn(unescaped(new String(utf8, StandardCharsets.UTF_8)));
        int last = utf8.length - lower.length;
        for (int at = 0; at <= last; at++) {
            int i = 0;
            while (i < lower.length && lower(utf8[at + i]) == lower[i]) i++;
            if (i == lower.length) return true;
        }
        return false;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    private static String unescaped(String text) {
        return text.indexOf('\\') < 0 ? text : text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
