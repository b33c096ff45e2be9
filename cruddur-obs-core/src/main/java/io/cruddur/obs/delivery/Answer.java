package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What a service said to a batch, in the only words the pipeline needs. */
public sealed interface Answer {

    /**
     * The service has the batch, but for the records it named.
     *
     * @param rejected reason by index in the batch
     */
    record Delivered(Map<Integer, String> rejected) implements Answer {}

    /**
     * Not now. Tried again until the pipeline's total deadline.
     *
     * @param reason a short word for the log, such as {@code throttled}
     * @param after what the service asked for; zero leaves it to the back-off
     * @param mayBeTheBatch whether the service may have stumbled over what is in it; false if nobody answered, or the
     *     service takes nothing at all now
     */
    record Retry(String reason, Duration after, boolean mayBeTheBatch) implements Answer {
        /** Too many requests; a gateway without a service behind it; a service that says it is not available. */
        private static final Set<Integer> TAKES_NOTHING_NOW = Set.of(429, 502, 503, 504);

        /** What a service said with an HTTP status. */
        public static Retry ofStatus(int status, String reason, Duration after) {
            return new Retry(reason, after, !TAKES_NOTHING_NOW.contains(status));
        }

        /** A service throttles, whatever its status. */
        public static Retry throttled(String reason, Duration after) {
            return new Retry(reason, after, false);
        }
    }

    /**
     * Not with these credentials. Kept and probed slowly, without a deadline: a person has to act, and may.
     *
     * @param reason a short word for the log
     * @param advice the next step for the person who reads the log
     */
    record Unauthorized(String reason, String advice) implements Answer {}

    /**
     * Never, as it stands. A batch of several is halved to find the record that is to blame.
     *
     * @param reason a short word for the counter
     */
    record Refused(String reason) implements Answer {}

    /** The whole batch arrived. */
    Answer DELIVERED = new Delivered(Map.of());

    /** {@link Retry} with the pipeline's own back-off, by a service that answered. */
    static Answer retry(String reason) {
        return new Retry(reason, Duration.ZERO, true);
    }

    /** {@link Retry} with the pipeline's own back-off, since there was no answer. */
    static Answer unreachable(String reason) {
        return new Retry(reason, Duration.ZERO, false);
    }
}
