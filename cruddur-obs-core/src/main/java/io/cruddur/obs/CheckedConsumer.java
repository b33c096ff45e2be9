package io.cruddur.obs;

/** Work on its span that gives no result and may throw. */
@FunctionalInterface
public interface CheckedConsumer<E extends Exception> {
    /** Does the work. */
    void accept(Span span) throws E;
}
