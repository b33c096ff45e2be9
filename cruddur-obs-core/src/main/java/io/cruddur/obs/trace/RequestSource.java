package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** Tells of a request when somebody asks, which is when something in it fails. Called on the thread that failed; may throw. */
public interface RequestSource {
    /** What is to be said of the request. */
    @Nullable HttpRequest request();

    /** The route that it took, such as {@code /api/activities/{uuid}}; null while that is not known. */
    @Nullable String route();
}
