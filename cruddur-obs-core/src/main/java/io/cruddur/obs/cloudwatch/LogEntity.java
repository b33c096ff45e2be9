package io.cruddur.obs.cloudwatch;

import java.util.Map;

/**
 * What CloudWatch is told that the events are about, so that it shows them with the service's traces and metrics.
 * Immutable.
 *
 * @param service the service's name
 * @param environment the environment's name
 * @param attributes more about it, such as {@code PlatformType}; at most ten
 */
public record LogEntity(String service, String environment, Map<String, String> attributes) {
    private static final int MOST_ATTRIBUTES = 10;
    private static final int LONGEST_KEY = 256;
    private static final int LONGEST_VALUE = 512;

    /**
     * Checks it against the service's limits.
     *
     * @throws IllegalArgumentException naming the limit that is broken
     */
    public LogEntity {
        attributes = Map.copyOf(attributes);
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    "An entity has at most " + MOST_ATTRIBUTES + " attributes, not " + attributes.size());
        }
        attributes.forEach(LogEntity::check);
    }

    private static void check(String key, String value) {
        if (key.isBlank() || key.length() > LONGEST_KEY || value.isBlank() || value.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException("The attribute '" + key + "' of the entity is not valid: 1 to "
                    + LONGEST_KEY + " characters and a value of 1 to " + LONGEST_VALUE + ".");
        }
    }
}
