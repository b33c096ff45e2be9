package io.cruddur.backend.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A crud, as the front end reads it. */
record Activity(
        UUID uuid,
        String displayName,
        String handle,
        String message,
        int repliesCount,
        int repostsCount,
        int likesCount,
        @Nullable UUID replyToActivityUuid,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Activity> replies) {}
