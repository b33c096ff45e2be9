package io.cruddur.obs.console.internal.store;

import org.jspecify.annotations.Nullable;

/** What a text costs in memory, and how it is cut. */
public final class Texts {

    /** The object, its array's header, and what both are rounded up by. */
    private static final long OVERHEAD_BYTES = 48;

    private Texts() {}

    /** One byte a character, or two if there is any beyond Latin-1; nothing for no text. */
    public static long bytes(@Nullable String text) {
        if (text == null) return 0;
        return OVERHEAD_BYTES + (isLatin1(text) ? text.length() : 2L * text.length());
    }

    /** Its beginning, of at most so many characters, with dots for the rest. */
    public static String shortened(String text, int most) {
        return text.length() <= most ? text : cut(text, most - 1) + "…";
    }

    /** Its beginning, of at most so many characters; never half of one that takes two. */
    public static String cut(String text, int most) {
        if (text.length() <= most) return text;
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) return false;
        }
        return true;
    }
}
