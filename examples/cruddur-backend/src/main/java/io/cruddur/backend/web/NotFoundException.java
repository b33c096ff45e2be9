package io.cruddur.backend.web;

/** There is no such thing, or none for who asks. */
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
