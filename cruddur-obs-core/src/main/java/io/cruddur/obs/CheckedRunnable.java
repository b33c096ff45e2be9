package io.cruddur.obs;

/** Work that gives no result and may throw. */
@FunctionalInterface
public interface CheckedRunnable<E extends Exception> {
    /** Does the work. */
    void run() throws E;
}
