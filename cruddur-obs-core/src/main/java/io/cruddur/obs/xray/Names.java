package io.cruddur.obs.xray;

import io.cruddur.obs.trace.limits.SpanLimits;

/** Names and keys as the service takes them. */
final class Names {
    static final int MAX_NAME = SpanLimits.MAX_NAME_CHARS;
    private static final int MAX_KEY = SpanLimits.MAX_KEY_CHARS;

    private Names() {}

    /** Letters, digits, spaces and {@code _ . : / % & # = + \ - @}; anything else becomes {@code _}. */
    static String segmentName(String name) {
        String cut = cut(name, MAX_NAME);
        if (cut.isBlank()) {
            return "unnamed";
        }
        return replaceUnless(cut, c -> Character.isLetterOrDigit(c) || c == ' ' || "_.:/%&#=+\\-@".indexOf(c) >= 0);
    }

    /** Letters, digits and {@code _}; anything else becomes {@code _}. */
    static String annotationKey(String key) {
        String cut = cut(key, MAX_KEY);
        if (cut.isEmpty()) {
            return "_";
        }
        return replaceUnless(
                cut, c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    }

    /** Any text, but not without end: keys and namespaces of metadata. */
    static String metadataKey(String key) {
        return cut(key, MAX_KEY);
    }

    /** Whether one of two keys of different length might become as long as the other. */
    static boolean mayChangeLength(String a, String b) {
        return a.length() >= MAX_KEY || b.length() >= MAX_KEY || a.isEmpty() || b.isEmpty();
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }

    private interface CharTest {
        boolean allows(char c);
    }

    private static String replaceUnless(String text, CharTest test) {
        char[] changed = null;
        for (int i = 0; i < text.length(); i++) {
            if (!test.allows(text.charAt(i))) {
                changed = changed == null ? text.toCharArray() : changed;
                changed[i] = '_';
            }
        }
        return changed == null ? text : new String(changed);
    }
}
