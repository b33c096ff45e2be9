package io.cruddur.obs.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in which {@code *} stands for any characters and {@code ?} for one; the case of letters does not count.
 * Immutable. Matching allocates nothing.
 */
public final class Wildcard {
    /** Matches everything. */
    public static final Wildcard ANY = new Wildcard("*");

    private final char[] pattern;
    private final boolean any;

    /** A pattern; an empty one matches empty text alone. */
    public Wildcard(String pattern) {
        this.pattern = pattern.toCharArray();
        for (int i = 0; i < this.pattern.length; i++) {
            this.pattern[i] = folded(this.pattern[i]);
        }
        this.any = pattern.equals("*");
    }

    /**
     * Whether the whole text is of this pattern. It goes back to the last star only: no text takes longer than its length
     * times the pattern's.
     *
     * @param text null for empty text
     */
    public boolean matches(@Nullable String text) {
        return any || matchesAll(text == null ? "" : text);
    }

    private boolean matchesAll(String text) {
        int t = 0;
        int p = 0;
        int star = -1;
        int afterStar = 0;
        while (t < text.length()) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                afterStar = t;
            } else if (p < pattern.length && (pattern[p] == '?' || pattern[p] == folded(text.charAt(t)))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++afterStar;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    private static char folded(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        return Character.toLowerCase(c);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Wildcard wildcard && Arrays.equals(pattern, wildcard.pattern);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pattern);
    }

    @Override
    public String toString() {
        return new String(pattern);
    }
}
