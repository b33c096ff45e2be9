package io.cruddur.obs.redact;

import io.cruddur.obs.redact.SensitiveNames.Kind;

/**
 * Values whose names say that they are secrets: {@code name=value}, {@code name: value}, {@code "name": "value"}, and
 * the same with escaped quotes, as in JSON within JSON.
 */
final class NamedValues implements Detector {
    private static final int MAX_BLANKS = 4;
    private static final int MAX_BACKSLASHES = 8;
    private static final String[] SCHEMES = {"Bearer ", "Basic ", "Token "};
    /** They stand for no value. */
    private static final String[] NOTHING = {"null", "none", "nil", "undefined", "true", "false"};

    private final SensitiveNames names;

    NamedValues(SensitiveNames names) {
        this.names = names;
    }

    @Override
    public int needs() {
        return Suspicion.SEPARATOR;
    }

    @Override
    public long find(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || c == ':') {
                Kind kind = kindBefore(text, i);
                long value = kind == Kind.NONE ? Range.NONE : value(text, i + 1, kind);
                if (value != Range.NONE) {
                    return value;
                }
            }
        }
        return Range.NONE;
    }

    private Kind kindBefore(String text, int separator) {
        int end = separator;
        while (end > 0 && separator - end < MAX_BLANKS && isBlank(text.charAt(end - 1))) {
            end--;
        }
        if (end > 0 && Chars.isQuote(text.charAt(end - 1))) {
            end--;
            int quote = end;
            while (end > 0 && quote - end < MAX_BACKSLASHES && text.charAt(end - 1) == '\\') {
                end--;
            }
        }
        Kind kind = names.kindBefore(text, end);
        return kind == Kind.IN_QUERY && !isInQuery(text, end, separator) ? Kind.NONE : kind;
    }

    /** Elsewhere a code is an error's or a country's. */
    private static boolean isInQuery(String text, int nameEnd, int separator) {
        int start = SensitiveNames.start(text, nameEnd);
        return nameEnd == separator
                && text.charAt(separator) == '='
                && start > 0
                && (text.charAt(start - 1) == '?' || text.charAt(start - 1) == '&');
    }

    private static long value(String text, int from, Kind kind) {
        int at = from;
        if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == '>')) {
            at++;
        }
        at = skipBlanks(text, at);
        if (at == text.length() || text.charAt(at) == '{' || text.startsWith(Redactor.MARK, at)) {
            return Range.NONE;
        }
        if (text.charAt(at) == '[' || text.charAt(at) == '(' || text.charAt(at) == '<') {
            at++;
        }
        int quote = at;
        while (quote < text.length() && quote - at < MAX_BACKSLASHES && text.charAt(quote) == '\\') {
            quote++;
        }
        return quote < text.length() && Chars.isQuote(text.charAt(quote))
                ? quoted(text, quote, quote - at, kind)
                : bare(text, at, kind);
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < MAX_BLANKS && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Behind the name of the scheme, if this is one. */
    private static int skipScheme(String text, int at) {
        for (String scheme : SCHEMES) {
            if (text.regionMatches(true, at, scheme, 0, scheme.length())) {
                return skipBlanks(text, at + scheme.length());
            }
        }
        return at;
    }

    private static long quoted(String text, int quote, int backslashes, Kind kind) {
        int start = kind == Kind.AUTHORIZATION ? skipScheme(text, quote + 1) : quote + 1;
        int end = closingQuote(text, start, text.charAt(quote), backslashes);
        if (end < 0) {
            // It was cut.
            end = endOfLine(text, start);
        }
        return end <= start || text.startsWith(Redactor.MARK, start) ? Range.NONE : Range.of(start, end);
    }

    /**
     * Where the closing quote begins with its backslashes; -1 if there is none. Each time that JSON is put into JSON a
     * quote gets twice as many and one more; so one of the text itself differs from one that closes it.
     */
    private static int closingQuote(String text, int from, char quote, int backslashes) {
        int before = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote && before % (2 * (backslashes + 1)) == backslashes) {
                return i - backslashes;
            }
            before = c == '\\' ? before + 1 : 0;
        }
        return -1;
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static long bare(String text, int from, Kind kind) {
        int start = kind == Kind.AUTHORIZATION ? skipScheme(text, from) : from;
        int end = kind == Kind.COOKIE ? endOfLine(text, start) : endOfBare(text, start);
        boolean secret = end > start
                && !text.startsWith(Redactor.MARK, start)
                && !isNothing(text, start, end)
                && !isPlaceholder(text, start, end);
        return secret ? Range.of(start, end) : Range.NONE;
    }

    private static int endOfBare(String text, int start) {
        int end = start;
        while (end < text.length() && !endsAt(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean endsAt(String text, int at) {
        char c = text.charAt(at);
        if (isEnd(c)) {
            return true;
        }
        if (c == '\\') {
            // Of a quote that closes more than this.
            return at + 1 < text.length() && (text.charAt(at + 1) == '\\' || Chars.isQuote(text.charAt(at + 1)));
        }
        // A password may hold one of these, but seldom before a blank.
        return isCloser(c) && (at + 1 == text.length() || isEnd(text.charAt(at + 1)) || isCloser(text.charAt(at + 1)));
    }

    private static boolean isEnd(char c) {
        return c <= ' ' || c == '&' || c == '<' || c == '>' || Chars.isQuote(c);
    }

    private static boolean isCloser(char c) {
        return c == ',' || c == ';' || c == ')' || c == ']' || c == '}';
    }

    /** As in {@code password = ?, name = ?}. */
    private static boolean isPlaceholder(String text, int start, int end) {
        if (text.charAt(start) != '?') {
            return false;
        }
        char next = start + 1 < end ? text.charAt(start + 1) : ' ';
        return next <= ' ' || next == ',' || next == ';' || next == ')';
    }

    private static boolean isNothing(String text, int start, int end) {
        for (String word : NOTHING) {
            if (end - start == word.length() && text.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '*') {
                return false;
            }
        }
        return true;
    }
}
