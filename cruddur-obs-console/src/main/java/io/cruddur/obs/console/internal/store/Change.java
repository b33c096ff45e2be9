package io.cruddur.obs.console.internal.store;

import tools.jackson.databind.node.ObjectNode;

/** One thing that is new or different: its kind, and its row as the lists show it. */
public record Change(long revision, String kind, ObjectNode row) {}
