package io.cruddur.obs.console.internal.trace;

import org.jspecify.annotations.Nullable;

/** The path within a URL that may be anything: no parser that could refuse it. */
final class UrlPath {

    private UrlPath() {}

    static @Nullable String of(@Nullable String url) {
        if (url == null) return null;
        int scheme = url.indexOf("://");
        int start = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
        if (start < 0) return "/";
        int end = start;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') end++;
        return url.substring(start, end);
    }
}
