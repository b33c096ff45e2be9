package io.cruddur.obs.spring.traced;

/** An annotation that cannot be read. */
final class InvalidTracedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidTracedException(String message, Throwable cause) {
        super(message, cause);
    }
}
