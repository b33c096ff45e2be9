package io.cruddur.obs.trace;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a caller sent. Thread-safe; never throws. */
public interface HeaderReader {
    /**
     * Reads it.
     *
     * @param headers the value of a header by its name, null when it is absent; several values joined by a comma
     * @return null if there is none, or none that is valid
     */
    @Nullable RemoteParent extract(Function<String, @Nullable String> headers);

    /**
     * The segment, sent by somebody else, of which all that this process does now is a part, as Lambda's of an
     * invocation: what begins without a caller's trace goes there, and is recorded as that says.
     *
     * @return null where there is none, as in most processes
     */
    default @Nullable RemoteParent invocation() {
        return null;
    }
}
