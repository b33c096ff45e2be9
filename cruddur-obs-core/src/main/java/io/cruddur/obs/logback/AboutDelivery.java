package io.cruddur.obs.logback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loggers of ours that speak of delivery, on whatever thread. Those of SDKs are not among them: an application may use the
 * same SDK, and its lines are its own. What an SDK says of our calls is known by its thread.
 */
final class AboutDelivery {
    /** Looked at first, so that the loggers of an application cost one comparison, which ends at an early character. */
    private static final String OURS = "io.cruddur.obs.";

    private static final List<String> PACKAGES =
            List.of("delivery.", "cloudwatch.", "rollbar.", "xray.", "otlp.", "console.");

    private AboutDelivery() {}

    static boolean is(@Nullable String logger) {
        if (logger == null || !logger.startsWith(OURS)) {
            return false;
        }
        for (String name : PACKAGES) {
            if (logger.startsWith(name, OURS.length())) {
                return true;
            }
        }
        return false;
    }
}
