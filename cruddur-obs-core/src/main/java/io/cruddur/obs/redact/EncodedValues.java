package io.cruddur.obs.redact;

import io.cruddur.obs.redact.SensitiveNames.Kind;

/** Values whose names say that they are secrets, within another value of a URL: {@code password%3Dx%26b%3Dy}. */
final class EncodedValues implements Detector {
    private static final String SEPARATOR = "%3";
    private static final String BLANK = "%20";
    private static final String QUOTE = "%22";
    private static final String AMPERSAND = "%26";

    private final SensitiveNames names;

    EncodedValues(SensitiveNames names) {
        this.names = names;
    }

    @Override
    public int needs() {
        return Suspicion.ENCODED;
    }

    @Override
    public long find(String text, int from) {
        for (int at = text.indexOf(SEPARATOR, from); at >= 0; at = text.indexOf(SEPARATOR, at + 1)) {
            int behind = at + SEPARATOR.length();
            if (behind < text.length() && isEqualsOrColon(text.charAt(behind)) && isSecret(text, at)) {
                long value = value(text, behind + 1);
                if (value != Range.NONE) {
                    return value;
                }
            }
        }
        return Range.NONE;
    }

    private static boolean isEqualsOrColon(char digit) {
        return digit == 'D' || digit == 'd' || digit == 'A' || digit == 'a';
    }

    private boolean isSecret(String text, int separator) {
        boolean quoted = text.startsWith(QUOTE, separator - QUOTE.length());
        Kind kind = names.kindBefore(text, quoted ? separator - QUOTE.length() : separator);
        return kind != Kind.NONE && kind != Kind.IN_QUERY;
    }

    private static long value(String text, int from) {
        int start = from;
        while (text.startsWith(BLANK, start) || text.startsWith("+", start)) {
            start += text.charAt(start) == '+' ? 1 : BLANK.length();
        }
        boolean quoted = text.startsWith(QUOTE, start);
        start = quoted ? start + QUOTE.length() : start;
        String closing = quoted ? QUOTE : AMPERSAND;
        int end = start;
        while (end < text.length() && !NamedValues.isEnd(text.charAt(end)) && !text.startsWith(closing, end)) {
            end++;
        }
        boolean secret =
                end > start && !text.startsWith(Redactor.MARK, start) && !NamedValues.isNothing(text, start, end);
        return secret ? Range.of(start, end) : Range.NONE;
    }
}
