package io.cruddur.obs.redact;

/** Tokens that are known by their beginning, and JSON web tokens. */
final class Tokens implements Detector {
    private static final int SHORTEST = 16;
    private static final int AWS_KEY_ID = 20;
    /** Behind the {@code eyJ}: no header with an algorithm is shorter. */
    private static final int MIN_JWT_HEADER = 13;

    private static final int MIN_JWT_PART = 4;
    private static final int MAX_JWT_PARTS_MORE = 3;

    @Override
    public int needs() {
        return Suspicion.TOKEN;
    }

    @Override
    public long find(String text, int from) {
        int at = from;
        while (at <= text.length() - SHORTEST) {
            // From where the shortest would end, back to what ends it before: most characters are not looked at.
            int last = at + SHORTEST - 1;
            while (last >= at && Chars.isTokenChar(text.charAt(last))) {
                last--;
            }
            if (last >= at) {
                at = last + 1;
                continue;
            }
            int end = Chars.endOfToken(text, at + SHORTEST);
            for (int i = at; i <= end - SHORTEST; i++) {
                int secretEnd = endOfSecret(text, i, end);
                if (secretEnd > 0) {
                    return Range.of(i, secretEnd);
                }
            }
            at = end;
        }
        return Range.NONE;
    }

    /** Where the secret ends that begins here; 0 if none does. */
    private static int endOfSecret(String text, int at, int runEnd) {
        return switch (text.charAt(at)) {
            case 'A' -> Math.max(awsKeyId(text, at), upTo(runEnd, text, at, "AIza", 35));
            case 'e' -> webToken(text, at, runEnd);
            case 'g' -> github(text, at, runEnd);
            case 'n' -> alphanumeric(text, at, "npm_", 36);
            case 'r' -> Math.max(alphanumeric(text, at, "rk_live_", 16), alphanumeric(text, at, "rk_test_", 16));
            case 's' -> Math.max(alphanumeric(text, at, "sk_live_", 16), alphanumeric(text, at, "sk_test_", 16));
            case 'x' -> slack(text, at);
            default -> 0;
        };
    }

    private static int awsKeyId(String text, int at) {
        boolean known = text.startsWith("AKIA", at)
                || text.startsWith("ASIA", at)
                || text.startsWith("ABIA", at)
                || text.startsWith("ACCA", at);
        if (!known || !Chars.startsWord(text, at)) {
            return 0;
        }
        int end = at + 4;
        while (end < text.length() && isUpperCaseOrDigit(text.charAt(end)) && end <= at + AWS_KEY_ID) {
            end++;
        }
        return end == at + AWS_KEY_ID ? end : 0;
    }

    private static int github(String text, int at, int runEnd) {
        if (text.startsWith("glpat-", at)) {
            return upTo(runEnd, text, at, "glpat-", 20);
        }
        if (text.startsWith("github_pat_", at) && Chars.startsWord(text, at)) {
            int start = at + "github_pat_".length();
            int end = start;
            while (end < runEnd && text.charAt(end) != '-') {
                end++;
            }
            return end - start >= 22 ? end : 0;
        }
        boolean known = text.charAt(at + 1) == 'h' && "pousr".indexOf(text.charAt(at + 2)) >= 0;
        return known && text.charAt(at + 3) == '_' ? alphanumeric(text, at, 4, 36) : 0;
    }

    private static int slack(String text, int at) {
        boolean known = text.startsWith("xox", at) && "abeprs".indexOf(text.charAt(at + 3)) >= 0;
        if (!known || text.charAt(at + 4) != '-' || !Chars.startsWord(text, at)) {
            return 0;
        }
        int end = at + 5;
        while (end < text.length() && (Chars.isAlphanumeric(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return end - at >= SHORTEST ? end : 0;
    }

    /** A header and what it is about are enough: a token that was cut lacks the rest. */
    private static int webToken(String text, int at, int runEnd) {
        boolean known = runEnd < text.length()
                && text.charAt(runEnd) == '.'
                && runEnd - at >= MIN_JWT_HEADER + 3
                && text.startsWith("eyJ", at);
        if (!known || !Chars.startsWord(text, at)) {
            return 0;
        }
        int end = Chars.endOfToken(text, runEnd + 1);
        if (end - runEnd - 1 < MIN_JWT_PART) {
            return 0;
        }
        for (int more = 0; more < MAX_JWT_PARTS_MORE && end < text.length() && text.charAt(end) == '.'; more++) {
            int partEnd = Chars.endOfToken(text, end + 1);
            if (partEnd == end + 1) {
                break;
            }
            end = partEnd;
        }
        return end;
    }

    private static int upTo(int runEnd, String text, int at, String prefix, int minChars) {
        boolean longEnough = runEnd - at - prefix.length() >= minChars;
        return longEnough && text.startsWith(prefix, at) && Chars.startsWord(text, at) ? runEnd : 0;
    }

    private static int alphanumeric(String text, int at, String prefix, int minChars) {
        return text.startsWith(prefix, at) ? alphanumeric(text, at, prefix.length(), minChars) : 0;
    }

    private static int alphanumeric(String text, int at, int prefixChars, int minChars) {
        if (!Chars.startsWord(text, at)) {
            return 0;
        }
        int end = Chars.endOfAlphanumerics(text, at + prefixChars);
        return end - at >= prefixChars + minChars ? end : 0;
    }

    private static boolean isUpperCaseOrDigit(char c) {
        return (c >= 'A' && c <= 'Z') || Chars.isDigit(c);
    }
}
