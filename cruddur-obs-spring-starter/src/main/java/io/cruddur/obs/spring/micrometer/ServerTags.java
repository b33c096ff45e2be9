package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.SpanNode;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/** What the observation of a request says beyond what its segment says by itself. */
final class ServerTags {
    /** From here on the server is at fault: only then is what was thrown a part of the segment. */
    static final int FIRST_FAULT = 500;

    /** Spring's name for the route, which it fills in for requests without one as well. */
    private static final String URI = "uri";

    private ServerTags() {}

    static void put(SpanNode segment, KeyValues values) {
        for (KeyValue value : values) {
            if (!value.getKey().equals(URI) && !HttpFacts.areSaidBySegment(value.getKey())) {
                Tags.put(segment, value.getKey(), value.getValue());
            }
        }
    }
}
