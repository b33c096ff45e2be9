package io.cruddur.obs.capture;

import io.cruddur.obs.redact.Cuts;
import java.nio.charset.StandardCharsets;

/** Texts with a bound in UTF-8 bytes. */
public final class Utf8Limit {
    private static final int MOST_BYTES_A_CHAR = 3;

    private Utf8Limit() {}

    /**
     * The text itself, or its beginning and how much there was; never cut within a character, nor where a half of a secret
     * might be left that is still to be taken out. A short text is not read.
     *
     * @param maxBytes at least 64
     */
    public static String shortened(String text, int maxBytes) {
        if (text.length() <= maxBytes / MOST_BYTES_A_CHAR || end(text, maxBytes) == text.length()) {
            return text;
        }
        String mark = "… (" + text.length() + " characters)";
        int room = end(text, maxBytes - mark.getBytes(StandardCharsets.UTF_8).length);
        return text.substring(0, Cuts.before(text, room)) + mark;
    }

    /** The first character that has no room. */
    private static int end(String text, int maxBytes) {
        int bytes = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            bytes += pair ? 4 : c < 0x80 ? 1 : c < 0x800 ? 2 : MOST_BYTES_A_CHAR;
            if (bytes > maxBytes) {
                return i;
            }
            i += pair ? 2 : 1;
        }
        return i;
    }
}
