package io.cruddur.backend.message;

import java.util.UUID;

/** A conversation as one of its two members sees it: with whom, and what was said last. */
record MessageGroup(UUID uuid, String displayName, String handle, String message, String createdAt) {}
