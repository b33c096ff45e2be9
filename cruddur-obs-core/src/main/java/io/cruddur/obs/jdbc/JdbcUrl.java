package io.cruddur.obs.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address of JDBC's, of which every driver has a form of its own.
 *
 * @param shown the address without users, passwords and options; null for none
 * @param host the first host in it; null for none
 * @param database the database in it; null for none
 */
record JdbcUrl(
        @Nullable String shown,
        @Nullable String host,
        @Nullable String database) {
    /** {@code (host=a)(port=1)} of MySQL's and Oracle's. */
    private static final Pattern HOST_ENTRY = Pattern.compile("(?i)[(,]\\s*host\\s*=\\s*([^),\\s]+)");

    /** Names or addresses, each perhaps with SQL Server's instance and a port. */
    private static final Pattern HOSTS =
            Pattern.compile("(?:(?:^|,)(?:[^,:\\[\\]\\s]*|\\[[0-9A-Fa-f:.%]+])(?::[0-9]*)?)+");

    private static final Pattern DATABASE_OPTION = Pattern.compile("(?i);\\s*database(?:Name)?\\s*=\\s*([^;]+)");

    static JdbcUrl parse(String url) {
        if (!url.regionMatches(true, 0, "jdbc:", 0, 5)) {
            return new JdbcUrl(null, null, null);
        }
        int entries = url.indexOf('(');
        if (entries >= 0) {
            return ofEntries(url, entries);
        }
        String shown = withoutUser(withoutOptions(url));
        int authority = shown.indexOf("//");
        int at = shown.indexOf('@');
        Matcher option = DATABASE_OPTION.matcher(url);
        String named = option.find() ? option.group(1) : null;
        if (authority >= 0) {
            return ofAuthority(shown, authority + 2, named);
        }
        if (at >= 0) {
            // Oracle's thin:@host:1521:sid
            String[] parts = shown.substring(at + 1).split("[:/]", -1);
            return new JdbcUrl(shown, text(parts[0]), text(parts[parts.length - 1]));
        }
        return new JdbcUrl(shown, null, named == null ? lastPart(shown) : named);
    }

    private static JdbcUrl ofAuthority(String shown, int from, @Nullable String named) {
        int slash = shown.indexOf('/', from);
        String hosts = slash < 0 ? shown.substring(from) : shown.substring(from, slash);
        if (!HOSTS.matcher(hosts).matches()) {
            // A password with a mark in it that ends an address, or a form that we do not know.
            return new JdbcUrl(shown.substring(0, from), null, named);
        }
        String database = slash < 0 ? null : text(shown.substring(slash + 1));
        return new JdbcUrl(shown, firstHost(hosts), named == null ? database : named);
    }

    /** Passwords may stand among entries: nothing of them is shown but the host. */
    private static JdbcUrl ofEntries(String url, int entries) {
        String begin = url.substring(0, entries);
        int user = begin.indexOf("//");
        int at = begin.lastIndexOf('@');
        String scheme = at < 0 ? begin : begin.substring(0, begin.indexOf(':', "jdbc:".length()) + 1);
        if (user >= 0) {
            scheme = begin.substring(0, user + 2);
        }
        Matcher entry = HOST_ENTRY.matcher(url);
        String host = entry.find() ? entry.group(1) : null;
        return new JdbcUrl(host == null ? scheme : scheme + host, host, null);
    }

    /** What stands behind a question mark, a semicolon, or DB2's colon after the database. */
    private static String withoutOptions(String url) {
        int end = url.length();
        for (int i = 0; i < end; i++) {
            char c = url.charAt(i);
            if (c == '?' || c == ';' || (c == ':' && isOption(url, i + 1))) {
                end = i;
            }
        }
        return url.substring(0, end);
    }

    private static boolean isOption(String url, int from) {
        int at = from;
        while (at < url.length() && Character.isLetter(url.charAt(at))) {
            at++;
        }
        return at > from && at < url.length() && url.charAt(at) == '=';
    }

    /** {@code //user:password@host} and Oracle's {@code thin:user/password@host}. */
    private static String withoutUser(String url) {
        int at = url.lastIndexOf('@');
        if (at < 0) {
            return url;
        }
        int authority = url.indexOf("//");
        int second = url.indexOf(':', "jdbc:".length());
        int third = second < 0 ? -1 : url.indexOf(':', second + 1);
        if (authority >= 0 && authority < at) {
            return url.substring(0, authority + 2) + url.substring(at + 1);
        }
        int from = third >= 0 && third < at ? third : second;
        return from < 0 || from > at ? "jdbc:" : url.substring(0, from + 1) + url.substring(at);
    }

    private static @Nullable String firstHost(String hosts) {
        int comma = hosts.indexOf(',');
        String first = comma < 0 ? hosts : hosts.substring(0, comma);
        if (first.startsWith("[")) {
            int end = first.indexOf(']');
            return text(end < 0 ? first.substring(1) : first.substring(1, end));
        }
        int colon = first.indexOf(':');
        int instance = first.indexOf('\\');
        int end = colon < 0 ? first.length() : colon;
        return text(first.substring(0, instance < 0 ? end : Math.min(instance, end)));
    }

    private static @Nullable String lastPart(String shown) {
        return text(shown.substring(Math.max(shown.lastIndexOf(':'), shown.lastIndexOf('/')) + 1));
    }

    private static @Nullable String text(String part) {
        return part.isBlank() ? null : part.strip();
    }
}
