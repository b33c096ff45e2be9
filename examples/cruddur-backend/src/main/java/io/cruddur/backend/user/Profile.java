package io.cruddur.backend.user;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody, as the page about a person shows it. */
public record Profile(
        UUID uuid,
        String cognitoUserUuid,
        String handle,
        String displayName,
        @Nullable String bio,
        long crudsCount) {}
