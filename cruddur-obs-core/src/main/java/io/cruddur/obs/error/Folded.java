package io.cruddur.obs.error;

/**
 * Errors that were not sent one by one, and that an item stands for.
 *
 * @param count how many
 * @param firstMillis when the first of them was reported, epoch milliseconds
 * @param lastMillis when the last was
 */
public record Folded(long count, long firstMillis, long lastMillis) {}
