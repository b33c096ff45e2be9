package io.cruddur.obs.sampling;

import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Wildcard;
import org.jspecify.annotations.Nullable;

/**
 * The traces that a rule is about. What a trace does not have counts as empty text, so only a pattern that is content
 * with nothing, such as {@code *}, matches it. Immutable.
 */
record RequestPattern(Wildcard service, Wildcard host, Wildcard method, Wildcard path) {
    static final RequestPattern ANY = new RequestPattern(Wildcard.ANY, Wildcard.ANY, Wildcard.ANY, Wildcard.ANY);

    boolean matches(String name, @Nullable InboundRequest request) {
        // The path first: it is what rules differ in most.
        return path.matches(request == null ? null : request.path())
                && method.matches(request == null ? null : request.method())
                && host.matches(request == null ? null : request.host())
                && service.matches(name);
    }
}
