package io.cruddur.obs.delivery;

import java.time.Duration;
import java.util.Map;

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
     * @param answered whether the service said so, to this batch; false if nobody did, which says nothing of what is in it
     */
    record Retry(String reason, Duration after, boolean answered) implements Answer {
        /** What a service said. */
        public Retry(String reason, Duration after) {
            this(reason, after, true);
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
        return new Retry(reason, Duration.ZERO);
    }

    /** {@link Retry} with the pipeline's own back-off, since there was no answer. */
    static Answer unreachable(String reason) {
        return new Retry(reason, Duration.ZERO, false);
    }
}
