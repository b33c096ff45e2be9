package io.cruddur.obs.sampling;

import io.cruddur.obs.redact.ControlCharacters;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Says once that calls fail, and once that they work again; at most once a minute. Used by one thread. */
final class Outage {
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final Set<String> failing = new HashSet<>();
    private boolean said;
    private @Nullable Long saidNanos;

    Outage(Logger log) {
        this.log = log;
    }

    /**
     * A call failed.
     *
     * @param message with a place for the failure and what to do
     */
    void began(String call, Exception failure, long nowNanos, String message) {
        failing.add(call);
        String reason = ControlCharacters.escape(String.valueOf(failure.getMessage()));
        if (!said && (saidNanos == null || nowNanos - saidNanos >= INTERVAL_NANOS)) {
            said = true;
            saidNanos = nowNanos;
            log.warn(message, call, reason);
        } else {
            log.debug("{} failed again: {}", call, reason);
        }
    }

    void ended(String call) {
        if (failing.remove(call) && failing.isEmpty() && said) {
            said = false;
            log.info("The sampling rules are read from the X-Ray daemon again.");
        }
    }
}
