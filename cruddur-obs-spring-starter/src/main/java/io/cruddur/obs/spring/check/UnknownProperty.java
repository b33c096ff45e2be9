package io.cruddur.obs.spring.check;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/**
 * A property of ours that does not exist. Its value is left out of every message: it may be a token.
 *
 * @param name as it was written
 * @param origin where it was found
 * @param nearest the name that was meant, perhaps
 */
record UnknownProperty(String name, @Nullable Origin origin, String nearest) {
    /** What is wrong. */
    String problem() {
        return "There is no property " + name + (origin == null ? "" : " (" + origin + ")") + ".";
    }

    /** What to do. */
    String remedy() {
        return "Did you mean " + nearest + "?";
    }
}
