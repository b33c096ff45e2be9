package io.cruddur.obs.redact;

/** The password in {@code scheme://user:password@host}. */
final class UrlPasswords implements Detector {
    private static final String AUTHORITY = "://";

    @Override
    public int needs() {
        return Suspicion.SEPARATOR;
    }

    @Override
    public long find(String text, int from) {
        int at = text.indexOf(AUTHORITY, from);
        while (at >= 0) {
            int start = at + AUTHORITY.length();
            int colon = -1;
            int last = -1;
            int end = start;
            for (; end < text.length() && !endsAuthority(text.charAt(end)); end++) {
                char c = text.charAt(end);
                if (c == ':' && colon < 0 && last < 0) {
                    colon = end;
                } else if (c == '@') {
                    // The last one: a password may hold others.
                    last = end;
                }
            }
            if (last < 0 && mayHoldSlash(text, start, colon, end)) {
                // In what stands up to the next address: so each character is looked at once.
                int next = end - 1;
                while (next < text.length() && !endsUrl(text.charAt(next)) && !text.startsWith(AUTHORITY, next)) {
                    last = text.charAt(next) == '@' ? next : last;
                    next++;
                }
                end = Math.max(end, next);
            }
            if (colon >= 0 && last > colon + 1 && !isMark(text, colon + 1, last)) {
                return Range.of(colon + 1, last);
            }
            // The colon before a slash that ends one may begin the next.
            at = text.indexOf(AUTHORITY, end - 1);
        }
        return Range.NONE;
    }

    /** Whether a password was taken for a port, as in {@code redis://user:a/b@host}. A number is one. */
    private static boolean mayHoldSlash(String text, int start, int colon, int end) {
        if (colon < 0 || end == text.length() || endsUrl(text.charAt(end)) || text.charAt(start) == '[') {
            return false;
        }
        for (int i = colon + 1; i < end; i++) {
            if (!Chars.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsAuthority(char c) {
        return c == '/' || c == '?' || c == '#' || endsUrl(c);
    }

    private static boolean endsUrl(char c) {
        return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>';
    }

    private static boolean isMark(String text, int start, int end) {
        return end - start == Redactor.MARK.length() && text.startsWith(Redactor.MARK, start);
    }
}
