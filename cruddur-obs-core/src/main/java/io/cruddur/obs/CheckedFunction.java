package io.cruddur.obs;

import org.jspecify.annotations.Nullable;

/** Work on its span that gives a result and may throw. */
@FunctionalInterface
public interface CheckedFunction<T extends @Nullable Object, E extends Exception> {
    /** Does the work. */
    T apply(Span span) throws E;
}
