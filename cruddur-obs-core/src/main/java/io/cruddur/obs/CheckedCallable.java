package io.cruddur.obs;

import org.jspecify.annotations.Nullable;

/** Work that gives a result and may throw. */
@FunctionalInterface
public interface CheckedCallable<T extends @Nullable Object, E extends Exception> {
    /** Does the work. */
    T call() throws E;
}
