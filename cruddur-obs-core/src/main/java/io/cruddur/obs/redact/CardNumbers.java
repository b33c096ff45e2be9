package io.cruddur.obs.redact;

/**
 * Numbers of payment cards: 13 to 19 digits in a row or in the groups that are printed on them, of a length that their
 * issuer gives, and with the right check digit. So most other long numbers, times above all, are none.
 */
final class CardNumbers implements Detector {
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;
    private static final int MAX_GROUPS = 5;
    private static final int MAX_OF_ESCAPE = 4;

    @Override
    public int needs() {
        return Suspicion.DIGITS;
    }

    @Override
    public long find(String text, int from) {
        int at = from;
        while (at <= text.length() - MIN_DIGITS) {
            if (!Chars.isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int end = isStart(text, at) ? endOfCard(text, at) : 0;
            if (end > 0) {
                return Range.of(at, end);
            }
            int start = behindEscape(text, at);
            end = start > at ? endOfCard(text, start) : 0;
            if (end > 0) {
                return Range.of(start, end);
            }
            at = endOfDigits(text, at);
        }
        return Range.NONE;
    }

    private static boolean isStart(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        // Behind a point it is a fraction.
        return before != '_' && before != '.' && Chars.startsWord(text, at);
    }

    /** Behind those of the digits that belong to an escape, such as {@code %20}; the same place if none do. */
    private static int behindEscape(String text, int digits) {
        if (digits == 0 || (text.charAt(digits - 1) != '%' && !Chars.isAlphanumeric(text.charAt(digits - 1)))) {
            return digits;
        }
        for (int at = digits + 1; at <= digits + MAX_OF_ESCAPE && Chars.isDigit(text.charAt(at - 1)); at++) {
            if (Escapes.endBefore(text, at)) {
                return at;
            }
        }
        return digits;
    }

    /** Where the longest card number ends that begins here; 0 if none does. */
    private static int endOfCard(String text, int start) {
        int longest = 0;
        int digits = 0;
        int at = start;
        int firstGroup = 0;
        char separator = 0;
        for (int group = 1; group <= MAX_GROUPS; group++) {
            int groupEnd = endOfDigits(text, at);
            int size = groupEnd - at;
            digits += size;
            if (digits > MAX_DIGITS) {
                break;
            }
            firstGroup = group == 1 ? size : firstGroup;
            if (isPrinted(group, size, firstGroup, digits)
                    && !continues(text, groupEnd)
                    && isCard(text, start, groupEnd, digits)) {
                longest = groupEnd;
            }
            if (!mayGoOn(group, size, digits) || groupEnd + 1 >= text.length()) {
                break;
            }
            char next = text.charAt(groupEnd);
            boolean separates = group == 1 ? next == ' ' || next == '-' : next == separator;
            if (!separates || !Chars.isDigit(text.charAt(groupEnd + 1))) {
                break;
            }
            separator = next;
            at = groupEnd + 1;
        }
        return longest;
    }

    /** In a row; in fours and a rest; or four, six and a rest. */
    private static boolean isPrinted(int group, int size, int firstGroup, int digits) {
        return switch (group) {
            case 1 -> digits >= MIN_DIGITS;
            case 3 -> firstGroup == 4 && (size == 4 || size == 5) && digits - size == 10;
            case 4, 5 -> digits >= MIN_DIGITS && size <= 4 && digits - size == 4 * (group - 1);
            default -> false;
        };
    }

    private static boolean mayGoOn(int group, int size, int digits) {
        return digits == 4 * group || (group == 2 && digits == 10 && size == 6);
    }

    private static boolean continues(String text, int end) {
        return end < text.length() && (Chars.isAlphanumeric(text.charAt(end)) || text.charAt(end) == '_');
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && Chars.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isCard(String text, int start, int end, int digits) {
        return isIssued(text, start, digits) && hasCheckDigit(text, start, end);
    }

    private static boolean isIssued(String text, int start, int digits) {
        int two = (10 * (text.charAt(start) - '0')) + (text.charAt(start + 1) - '0');
        return switch (two / 10) {
            case 4 -> digits == 13 || digits == 16 || digits == 19;
            case 5 -> digits == 16 && two <= 55 && two >= 51;
            case 2 -> digits == 16 && two >= 22 && two <= 27;
            case 3 -> two == 35 ? digits >= 16 : digits == ((two == 34 || two == 37) ? 15 : 14);
            case 6 -> digits >= 16;
            default -> false;
        };
    }

    /** Luhn's formula. */
    private static boolean hasCheckDigit(String text, int start, int end) {
        int sum = 0;
        boolean twice = false;
        for (int i = end - 1; i >= start; i--) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                int value = twice ? 2 * (c - '0') : c - '0';
                sum += value > 9 ? value - 9 : value;
                twice = !twice;
            }
        }
        return sum % 10 == 0;
    }
}
