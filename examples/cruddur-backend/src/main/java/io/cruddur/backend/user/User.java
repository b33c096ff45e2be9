package io.cruddur.backend.user;

import java.util.UUID;

/** Somebody, as short as the front end reads it. */
public record User(UUID uuid, String handle, String displayName) {}
