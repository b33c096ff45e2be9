package io.cruddur.obs;

/**
 * Says which exceptions are failures. Called on the thread that reports one, before anything else is done with it; what it
 * throws is counted, and the exception is reported. Has to be thread-safe.
 */
@FunctionalInterface
public interface ErrorFilter {
    /** Whether the exception is to be reported. */
    boolean isReported(Throwable throwable);
}
