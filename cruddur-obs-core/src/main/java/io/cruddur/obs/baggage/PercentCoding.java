package io.cruddur.obs.baggage;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Any text as visible ASCII, and back. */
final class PercentCoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentCoding() {}

    /** The text in characters that a value may have. A lone surrogate becomes a question mark. */
    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return encodeBytes(text);
            }
        }
        return text;
    }

    private static String encodeBytes(String text) {
        var encoded = new StringBuilder(text.length() + 32);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isPlain(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c != '%' && Syntax.isValueCharacter(c);
    }

    /**
     * The text that a part of a header stands for; bytes that are no UTF-8 become U+FFFD, as W3C says.
     *
     * @return null if a percent sign is not followed by two hexadecimal digits
     */
    static @Nullable String decode(String header, int from, int to) {
        int percent = header.indexOf('%', from);
        if (percent < 0 || percent >= to) {
            return header.substring(from, to);
        }
        var bytes = new byte[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = header.charAt(i);
            if (c == '%') {
                int high = i + 2 < to ? Character.digit(header.charAt(i + 1), 16) : -1;
                int low = i + 2 < to ? Character.digit(header.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes[count++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[count++] = (byte) c;
            }
        }
        return new String(bytes, 0, count, UTF_8);
    }
}
