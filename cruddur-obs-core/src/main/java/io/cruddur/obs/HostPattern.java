package io.cruddur.obs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts after which segments may be named, as in {@code *4567-workspace.example*}: {@code *} stands for any
 * characters, {@code ?} for one. Without such a list, anybody could make up names of services. Immutable.
 */
final class HostPattern {
    private final String pattern;

    HostPattern(String pattern) {
        this.pattern = pattern.toLowerCase(Locale.ROOT);
    }

    /** Goes back to the last star only, so that no host takes longer than its length times the pattern's. */
    boolean matches(@Nullable String host) {
        if (host == null || host.isBlank()) {
            return false;
        }
        String text = host.toLowerCase(Locale.ROOT);
        int t = 0;
        int p = 0;
        int star = -1;
        int afterStar = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                afterStar = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++afterStar;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
