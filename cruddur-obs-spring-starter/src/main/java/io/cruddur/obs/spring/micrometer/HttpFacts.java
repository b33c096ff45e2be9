package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanNode;
import io.micrometer.common.KeyValue;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client span's tags say of an HTTP call, by the names that Spring, Micrometer's own instrumentation and
 * OpenTelemetry's conventions use. Only with a URL is it one; else all of it is tags again. Used by one thread at a time.
 */
final class HttpFacts {
    private enum Fact {
        METHOD,
        URL,
        STATUS,
        HOST,
        /** Follows from the status and from the exception that is recorded. */
        IMPLIED
    }

    private static final Map<String, Fact> FACTS = Map.ofEntries(
            Map.entry("method", Fact.METHOD),
            Map.entry("http.method", Fact.METHOD),
            Map.entry("http.request.method", Fact.METHOD),
            Map.entry("http.url", Fact.URL),
            Map.entry("url.full", Fact.URL),
            Map.entry("status", Fact.STATUS),
            Map.entry("http.status_code", Fact.STATUS),
            Map.entry("http.response.status_code", Fact.STATUS),
            Map.entry("client.name", Fact.HOST),
            Map.entry("outcome", Fact.IMPLIED),
            Map.entry("exception", Fact.IMPLIED));

    private static final int FIRST_STATUS = 100;
    private static final int LAST_STATUS = 999;

    private final @Nullable String[] keys = new String[FACTS.size()];
    private final @Nullable String[] values = new String[FACTS.size()];
    private int count;
    private @Nullable String url;
    private @Nullable String method;

    /** Whether tags of that name say nothing of a server's request that its segment does not say better. */
    static boolean areSaidBySegment(String key) {
        return FACTS.containsKey(key);
    }

    /** False if it has nothing to do with HTTP. */
    boolean take(String key, String value) {
        Fact fact = FACTS.get(key);
        if (fact == null || count == keys.length) {
            return false;
        }
        keys[count] = key;
        values[count++] = value;
        if (fact == Fact.URL && !value.equals(KeyValue.NONE_VALUE)) {
            url = value;
        } else if (fact == Fact.METHOD) {
            method = value;
        }
        return true;
    }

    /** The host that was called; null if it was no HTTP call. */
    @Nullable String host() {
        return url == null ? null : Calls.host(url);
    }

    /** Whether a name tells no more than the method, as Spring's own names do. */
    boolean isSaidBy(String name) {
        return url != null && method != null && name.equals("http " + method.toLowerCase(Locale.ROOT));
    }

    void putOn(SpanNode node) {
        if (url != null) {
            node.putHttpRequest(
                    new HttpRequest(method == null ? "_OTHER" : method, Calls.safeUrl(url), null, null, false));
        }
        for (int i = 0; i < count; i++) {
            String key = keys[i];
            String value = values[i];
            if (key != null && value != null && (url == null || !isInBlock(node, FACTS.get(key), value))) {
                Tags.put(node, key, value);
            }
        }
    }

    private static boolean isInBlock(SpanNode node, @Nullable Fact fact, String value) {
        if (fact != Fact.STATUS) {
            return true;
        }
        int status = statusOf(value);
        if (status > 0) {
            node.putHttpResponse(status, -1);
        }
        return status > 0;
    }

    /** 0 for words such as {@code IO_ERROR}. */
    private static int statusOf(String value) {
        try {
            int status = Integer.parseInt(value);
            return status >= FIRST_STATUS && status <= LAST_STATUS ? status : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
