package io.cruddur.obs.redact;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** URLs without what may be secret in them. */
public final class Urls {
    private static final Pattern PATH_PARAMETER_VALUE = Pattern.compile("=[^;/]*");

    private Urls() {}

    /**
     * The query's names without their values: {@code a=1&b=2} becomes {@code a=&b=}. A value may be a token or a signature;
     * a name tells what was asked.
     */
    public static String withoutQueryValues(String query) {
        if (query.indexOf('=') < 0) {
            // A query without a name is all value.
            return "";
        }
        var names = new StringBuilder();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                names.append(names.isEmpty() ? "" : "&").append(parameter, 0, equals + 1);
            }
        }
        return names.toString();
    }

    /** {@code /a;jsessionid=123/b} becomes {@code /a;jsessionid=/b}: a session's id is as good as a password. */
    public static String withoutPathParameterValues(String pathOrUrl) {
        int first = pathOrUrl.indexOf(';');
        if (first < 0) {
            return pathOrUrl;
        }
        return pathOrUrl.substring(0, first)
                + PATH_PARAMETER_VALUE.matcher(pathOrUrl.substring(first)).replaceAll("=");
    }

    /** Path and query names, as in {@code /search?term=}. */
    public static String pathAndQueryNames(String path, @Nullable String query) {
        String names = query == null ? "" : withoutQueryValues(query);
        return names.isEmpty() ? path : path + '?' + names;
    }
}
