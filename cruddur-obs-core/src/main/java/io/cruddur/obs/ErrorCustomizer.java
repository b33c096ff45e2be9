package io.cruddur.obs;

/**
 * Changes an error before it is sent, or has it left out: Rollbar's {@code transform}, Sentry's {@code beforeSend}. Called on
 * the thread that reports it, and only for what becomes an item of its own; what it throws is counted, and the item goes as
 * it was left. Has to be thread-safe.
 */
@FunctionalInterface
public interface ErrorCustomizer {
    /** Looks at the item and changes it. */
    void customize(ErrorItem item);
}
