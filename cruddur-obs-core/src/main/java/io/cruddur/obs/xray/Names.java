package io.cruddur.obs.xray;

/** Names and keys as the service takes them. */
final class Names {
    private static final int MAX_NAME = 200;
    private static final int MAX_KEY = 500;

    private Names() {}

    /** Letters, digits, white space and {@code _ . : / % & # = + \ - @}; anything else becomes {@code _}. */
    static String segmentName(String name) {
        String cut = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
        if (cut.isBlank()) {
            return "unnamed";
        }
        return replaceUnless(cut, c -> Character.isLetterOrDigit(c) || c == ' ' || "_.:/%&#=+\\-@".indexOf(c) >= 0);
    }

    /** Letters, digits and {@code _}; anything else becomes {@code _}. */
    static String annotationKey(String key) {
        String cut = key.length() > MAX_KEY ? key.substring(0, MAX_KEY) : key;
        if (cut.isEmpty()) {
            return "_";
        }
        return replaceUnless(
                cut, c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
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
