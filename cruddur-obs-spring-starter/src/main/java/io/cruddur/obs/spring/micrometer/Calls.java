package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Urls;
import org.jspecify.annotations.Nullable;

/** Of the URL that a client called, what may be shown. */
final class Calls {
    private Calls() {}

    /** Without user, password and fragment, and with the query's names only. */
    static String safeUrl(String url) {
        int fragment = url.indexOf('#');
        String whole = fragment < 0 ? url : url.substring(0, fragment);
        int query = whole.indexOf('?');
        String bare = query < 0 ? whole : whole.substring(0, query);
        int authority = authority(bare);
        int at = bare.lastIndexOf('@', end(bare, authority) - 1);
        if (authority > 0 && at >= authority) {
            bare = bare.substring(0, authority) + bare.substring(at + 1);
        }
        return ControlCharacters.escape(Urls.pathAndQueryNames(
                Urls.withoutPathParameterValues(bare), query < 0 ? null : whole.substring(query + 1)));
    }

    /** The host, without its port; null in a relative URL. */
    static @Nullable String host(String url) {
        int authority = authority(url);
        if (authority == 0) {
            return null;
        }
        String all = url.substring(authority, end(url, authority));
        String host = all.substring(all.lastIndexOf('@') + 1);
        int port = host.lastIndexOf(':');
        return port < 0 || host.endsWith("]") ? host : host.substring(0, port);
    }

    /** Where it begins; 0 without one. */
    private static int authority(String url) {
        int scheme = url.indexOf("://");
        return scheme < 0 ? 0 : scheme + "://".length();
    }

    private static int end(String url, int authority) {
        for (int i = authority; i < url.length(); i++) {
            if ("/?#".indexOf(url.charAt(i)) >= 0) {
                return i;
            }
        }
        return url.length();
    }
}
