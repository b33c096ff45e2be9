package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** What sampling rules look at in a request. Read on the request's thread, before its span begins. */
public interface InboundRequest {
    /** The {@code Host} header. */
    @Nullable String host();

    /** The method, such as {@code GET}. */
    @Nullable String method();

    /** The path, without the query. */
    @Nullable String path();
}
