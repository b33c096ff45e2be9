package io.cruddur.obs.cloudwatch;

/** What a log group offers and costs. It is chosen when the group is created and cannot be changed after. */
public enum LogClass {
    /** All features. */
    STANDARD,

    /** Cheaper to write to; no subscriptions, metric filters or entities. */
    INFREQUENT_ACCESS,

    /** Kept for two days only, for what is handed on from there. */
    DELIVERY
}
