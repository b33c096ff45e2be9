package io.cruddur.obs.test.logs;

/**
 * A log event that was taken. Immutable.
 *
 * @param group its log group
 * @param stream its log stream
 * @param timestampMillis epoch milliseconds, as the sender said
 * @param message its text
 */
public record ReceivedEvent(String group, String stream, long timestampMillis, String message) {}
