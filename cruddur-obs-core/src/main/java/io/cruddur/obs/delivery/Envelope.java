package io.cruddur.obs.delivery;

/**
 * A record as it travels: encoded and redacted.
 *
 * @param bytes the encoded record; not changed after this point
 * @param timestampMillis when the record was made, epoch milliseconds
 */
public record Envelope(byte[] bytes, long timestampMillis) {}
