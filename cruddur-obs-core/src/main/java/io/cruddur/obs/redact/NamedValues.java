package io.cruddur.obs.redact;

import io.cruddur.obs.redact.SensitiveNames.Kind;

/**
 * Values whose names say that they are secrets: {@code name=value}, {@code name: value}, {@code "name": "value"}, and
 * the same with escaped quotes, as in JSON within JSON.
 */
final class NamedValues implements Detector {
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
        while (end > 0 && separator - end < Chars.MAX_BLANKS && Chars.isBlank(text.charAt(end - 1))) {
            end--;
        }
        if (end > 0 && Chars.isQuote(text.charAt(end - 1))) {
            end--;
            int quote = end;
            while (end > 0 && quote - end < Quotes.MAX_BACKSLASHES && text.charAt(end - 1) == '\\') {
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
        at = Escapes.skipColour(text, Chars.skipBlanks(text, at));
        if (at == text.length() || isObject(text, at) || text.startsWith(Redactor.MARK, at)) {
            return Range.NONE;
        }
        if (kind == Kind.SEVERAL && text.charAt(at) == '[') {
            return list(text, at + 1);
        }
        if (text.charAt(at) == '[' || text.charAt(at) == '(' || text.charAt(at) == '<') {
            at++;
        }
        int quote = at;
        while (quote < text.length() && quote - at < Quotes.MAX_BACKSLASHES && text.charAt(quote) == '\\') {
            quote++;
        }
        return quote < text.length() && Chars.isQuote(text.charAt(quote))
                ? quoted(text, quote, quote - at, kind)
                : bare(text, at, kind);
    }

    /** What is in it has names of its own. A password may begin so too, and one that says how it was hashed does. */
    private static boolean isObject(String text, int at) {
        if (text.charAt(at) != '{') {
            return false;
        }
        int name = at + 1;
        if (name == text.length() || text.charAt(name) <= ' ' || "\"'`\\}".indexOf(text.charAt(name)) >= 0) {
            return true;
        }
        int nameEnd = name;
        while (nameEnd < text.length() && (Chars.isTokenChar(text.charAt(nameEnd)) || text.charAt(nameEnd) == '.')) {
            nameEnd++;
        }
        int behind = Chars.skipBlanks(text, nameEnd);
        return nameEnd > name && (behind == text.length() || text.charAt(behind) == '=' || text.charAt(behind) == ':');
    }

    /** Up to the bracket, or to the end of the line if it was cut. */
    private static long list(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != ']' && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end == start || text.startsWith(Redactor.MARK, start) ? Range.NONE : Range.of(start, end);
    }

    private static long quoted(String text, int quote, int backslashes, Kind kind) {
        int start = kind == Kind.AUTHORIZATION ? Credentials.skipScheme(text, quote + 1) : quote + 1;
        int end = Quotes.closing(text, start, text.charAt(quote), backslashes);
        if (end < 0) {
            // It was cut.
            end = Chars.endOfLine(text, start);
        }
        return end <= start || text.startsWith(Redactor.MARK, start) ? Range.NONE : Range.of(start, end);
    }

    private static long bare(String text, int from, Kind kind) {
        int start = kind == Kind.AUTHORIZATION ? Credentials.skipScheme(text, from) : from;
        if (isQuery(text, start)) {
            return Range.NONE;
        }
        int end = endOfBare(text, start, kind, start > from);
        boolean secret = end > start
                && !text.startsWith(Redactor.MARK, start)
                && !isNothing(text, start, end)
                && !(kind == Kind.SEVERAL && isCount(text, start, end))
                && !isPlaceholder(text, start, end);
        return secret ? Range.of(start, end) : Range.NONE;
    }

    private static int endOfBare(String text, int start, Kind kind, boolean knownScheme) {
        return switch (kind) {
            case COOKIE -> Chars.endOfLine(text, start);
            case AUTHORIZATION -> Credentials.end(text, start, endOfWord(text, start), knownScheme);
            default -> endOfWord(text, start);
        };
    }

    private static int endOfWord(String text, int start) {
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

    static boolean isEnd(char c) {
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

    /** Whether a query begins there, behind a parameter of a path that is empty: {@code ;jsessionid=?page=2}. */
    private static boolean isQuery(String text, int start) {
        if (start >= text.length() || text.charAt(start) != '?') {
            return false;
        }
        int end = Chars.endOfToken(text, start + 1);
        return end > start + 1 && end < text.length() && text.charAt(end) == '=';
    }

    /** As in {@code passwords: 3}. */
    private static boolean isCount(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Chars.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Words that stand for no value, and stars. */
    static boolean isNothing(String text, int start, int end) {
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
