package io.cruddur.backend.web;

import java.util.List;

/** What was sent is not as the contract says; the caller gets the list of what is wrong. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    InvalidInputException(List<String> problems) {
        super(String.join(", ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
