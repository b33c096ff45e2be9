package io.cruddur.obs.log;

import org.jspecify.annotations.Nullable;

/**
 * What is copied of an event, on the thread that logs it.
 *
 * @param maxMessageBytes the most that a message keeps, in UTF-8
 * @param callerData whether class, method and line of the call are found; it costs a walk of the stack
 * @param pattern a pattern of the logging framework by which the line is rendered then and there; null for JSON
 */
public record CaptureSettings(
        int maxMessageBytes, boolean callerData, @Nullable String pattern) {
    /** Below that a mark of what is missing has no room. */
    private static final int LEAST_BYTES = 256;
    /** A queue that is full of one message would lose all others. */
    private static final int MOST_BYTES = 4 << 20;

    /** 64 KB, no caller data, JSON. */
    public static final CaptureSettings DEFAULT = new CaptureSettings(65_536, false, null);

    /**
     * Checks the bound.
     *
     * @throws IllegalArgumentException if it is not from 256 to 4,194,304, or the pattern is blank
     */
    public CaptureSettings {
        if (maxMessageBytes < LEAST_BYTES || maxMessageBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "maxMessageBytes is " + LEAST_BYTES + " to " + MOST_BYTES + "; it was " + maxMessageBytes + ".");
        }
        if (pattern != null && pattern.isBlank()) {
            throw new IllegalArgumentException("The pattern of log lines is blank.");
        }
    }
}
