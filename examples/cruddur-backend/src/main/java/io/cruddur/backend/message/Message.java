package io.cruddur.backend.message;

import java.util.UUID;

/** What somebody said in a conversation. */
record Message(UUID uuid, String displayName, String handle, String message, String createdAt) {}
