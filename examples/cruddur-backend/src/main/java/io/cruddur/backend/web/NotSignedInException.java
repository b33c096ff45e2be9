package io.cruddur.backend.web;

/** The caller is nobody whom we know. */
public final class NotSignedInException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
