package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a span says of an HTTP request.
 *
 * @param method the method, or {@code _OTHER} for one that HTTP does not know
 * @param url the URL without the values of its query
 * @param clientAddress the client's address, by the trust rule
 * @param userAgent the client's own words about itself
 * @param forwarded whether the address was read from {@code X-Forwarded-For}
 */
public record HttpRequest(
        String method,
        String url,
        @Nullable String clientAddress,
        @Nullable String userAgent,
        boolean forwarded) {}
