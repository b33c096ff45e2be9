package io.cruddur.obs;

import io.cruddur.obs.trace.Wildcard;
import org.jspecify.annotations.Nullable;

/**
 * The hosts after which segments may be named, as in {@code *4567-workspace.example*}. Without such a list, anybody
 * could make up names of services. Immutable.
 */
final class HostPattern {
    private final Wildcard pattern;

    HostPattern(String pattern) {
        this.pattern = new Wildcard(pattern);
    }

    boolean matches(@Nullable String host) {
        return host != null && !host.isBlank() && pattern.matches(host);
    }
}
