package io.cruddur.obs.sampling;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What the service gives this instance of a rule for a while.
 *
 * @param rule the rule's name
 * @param rate the rate instead of the rule's own; null if that stays
 * @param quota traces a second; null for none
 * @param quotaEndsEpochSeconds until when the quota holds
 * @param intervalSeconds when to report next
 */
record Target(
        String rule,
        @Nullable Double rate,
        @Nullable Integer quota,
        double quotaEndsEpochSeconds,
        int intervalSeconds) {
    static final int DEFAULT_INTERVAL_SECONDS = 10;
    private static final int MAX_INTERVAL_SECONDS = 3_600;

    /** Null if it says of no rule. */
    static @Nullable Target of(JsonObject document) {
        String rule = Json.text(document, "RuleName");
        if (rule == null) {
            return null;
        }
        Double ends = Json.number(document, "ReservoirQuotaTTL");
        Integer interval = Json.count(document, "Interval");
        return new Target(
                rule,
                Json.share(document, "FixedRate"),
                ends == null ? null : Json.count(document, "ReservoirQuota"),
                ends == null ? 0 : ends,
                interval == null || interval == 0 || interval > MAX_INTERVAL_SECONDS
                        ? DEFAULT_INTERVAL_SECONDS
                        : interval);
    }
}
