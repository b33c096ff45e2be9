package io.cruddur.obs.console.internal.log;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A text to look for in many lines, whatever its case. Of ASCII it is looked for in the bytes, which makes no garbage; only
 * a line that may write such letters in other ways is read as JSON's texts are.
 */
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

    /** In a text, or in JSON whatever is escaped there. */
    boolean isIn(byte[] utf8) {
        if (ascii) return isInBytes(utf8) || (escapesPlainLetters(utf8) && isInText(utf8));
        return isInText(utf8);
    }

    private boolean isInText(byte[] utf8) {
        String plain = new String(utf8, StandardCharsets.UTF_8);
        return isIn(plain) || (plain.indexOf('\\') >= 0 && isIn(unescaped(plain)));
    }

    private boolean isInBytes(byte[] utf8) {
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

    /** Some writers escape what need not be: a slash, what HTML knows, all beyond ASCII. */
    private static boolean escapesPlainLetters(byte[] utf8) {
        for (int i = 0; i < utf8.length - 1; i++) {
            if (utf8[i] == '\\' && (utf8[i + 1] == 'u' || utf8[i + 1] == '/')) return true;
        }
        return false;
    }

    /** As JSON reads it; what is no escape of JSON's stays. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf('\\'); at >= 0 && at + 1 < text.length(); at = text.indexOf('\\', from)) {
            plain.append(text, from, at);
            from = at + 2;
            char escape = text.charAt(at + 1);
            int meant = "\"\\/bfnrt".indexOf(escape);
            int hex = escape == 'u' ? hex(text, from) : -1;
            if (meant >= 0) plain.append("\"\\/\b\f\n\r\t".charAt(meant));
            else if (hex >= 0) plain.append((char) hex);
            else plain.append('\\').append(escape);
            if (hex >= 0) from += 4;
        }
        return plain.append(text, from, text.length()).toString();
    }

    /** -1 if no four digits are there. */
    private static int hex(String text, int at) {
        if (at + 4 > text.length()) return -1;
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) return -1;
            value = value * 16 + digit;
        }
        return value;
    }
}
