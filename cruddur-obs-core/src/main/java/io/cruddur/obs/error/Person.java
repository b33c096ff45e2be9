package io.cruddur.obs.error;

import org.jspecify.annotations.Nullable;

/**
 * Whom an error happened to. Never guessed: it is what the application says.
 *
 * @param id the application's own id of the person; Rollbar takes 40 characters
 * @param username the name, at most 255 characters; null to leave it out
 * @param email the address, at most 255 characters; null to leave it out
 */
public record Person(
        String id, @Nullable String username, @Nullable String email) {}
