package io.cruddur.obs.sampling;

import io.cruddur.obs.trace.InboundRequest;
import org.jspecify.annotations.Nullable;

/** A request as a test says. */
record Request(
        @Nullable String host,
        @Nullable String method,
        @Nullable String path) implements InboundRequest {
    static Request get(String path) {
        return new Request("api.example", "GET", path);
    }
}
