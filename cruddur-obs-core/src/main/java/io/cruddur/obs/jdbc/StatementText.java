package io.cruddur.obs.jdbc;

/** A statement's text without the values that stand in it. */
public final class StatementText {
    private StatementText() {}

    /**
     * The text with {@code ?} for each string and number in it, and without comments. A string that is not closed goes on
     * to the end; a backslash is taken to keep a quote from ending it, as in MySQL: where that is wrong, more is left out.
     *
     * @param quotesStringsTwice whether what stands in double quotes is a string, as in MySQL, and no name
     */
    public static String withoutLiterals(String sql, boolean quotesStringsTwice) {
        var shown = new StringBuilder(sql.length());
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || (c == '"' && quotesStringsTwice)) {
                shown.append('?');
                at = afterString(sql, at + 1, c);
            } else if (c == '"' || c == '`') {
                int next = end(sql, String.valueOf(c), at + 1, true);
                shown.append(sql, at, next);
                at = next;
            } else if (c == '$' && dollarQuoteEnd(sql, at) > at) {
                shown.append('?');
                at = dollarQuoteEnd(sql, at);
            } else if (sql.startsWith("--", at)) {
                at = end(sql, "\n", at, false);
            } else if (sql.startsWith("/*", at)) {
                at = end(sql, "*/", at + 2, true);
            } else if (isDigit(c) && !isInName(shown)) {
                shown.append('?');
                at = afterNumber(sql, at);
            } else {
                shown.append(c);
                at++;
            }
        }
        return shown.toString().strip();
    }

    private static int afterString(String sql, int from, char quote) {
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote) {
                if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
                    return i + 1;
                }
                i++;
            }
        }
        return sql.length();
    }

    /** PostgreSQL's {@code $tag$ text $tag$}; where it is none, {@code at}. */
    private static int dollarQuoteEnd(String sql, int at) {
        int close = at + 1;
        while (close < sql.length() && (Character.isLetterOrDigit(sql.charAt(close)) || sql.charAt(close) == '_')) {
            close++;
        }
        if (close == sql.length() || sql.charAt(close) != '$') {
            return at;
        }
        String tag = sql.substring(at, close + 1);
        return end(sql, tag, close + 1, true);
    }

    private static int end(String sql, String mark, int from, boolean withMark) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + (withMark ? mark.length() : 0);
    }

    private static int afterNumber(String sql, int from) {
        int at = from;
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    private static boolean isInName(StringBuilder before) {
        if (before.isEmpty()) {
            return false;
        }
        char last = before.charAt(before.length() - 1);
        return Character.isLetterOrDigit(last) || last == '_' || last == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
