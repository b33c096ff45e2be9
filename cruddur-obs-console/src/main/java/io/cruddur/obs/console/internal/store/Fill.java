package io.cruddur.obs.console.internal.store;

import io.cruddur.obs.console.internal.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** How full a store is, and what it has let go of. */
public record Fill(long count, long maxCount, long bytes, long maxBytes, long evicted) {

    public ObjectNode json() {
        return Json.object()
                .put("count", count)
                .put("maxCount", maxCount)
                .put("bytes", bytes)
                .put("maxBytes", maxBytes)
                .put("evicted", evicted);
    }
}
