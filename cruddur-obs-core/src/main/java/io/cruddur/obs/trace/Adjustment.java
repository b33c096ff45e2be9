package io.cruddur.obs.trace;

/** Something that was asked for and could not be sent as it was. */
public enum Adjustment {
    /** A key had characters that its service does not take. */
    KEY_CHANGED("annotation_key_changed"),
    /** A value was longer than its service takes, or a document than it may be. */
    VALUE_TRUNCATED("value_truncated"),
    /** More annotations or metadata than a span or a trace may have. */
    ATTRIBUTE_DROPPED("attribute_dropped"),
    /** A value that has no form on the wire, such as NaN in an annotation. */
    VALUE_CHANGED("value_changed"),
    /** Code of the application that was asked, such as a sampler, failed; it was done without. */
    CALLBACK_FAILED("callback_failed"),
    /** More spans in one trace than can be kept until they are sent. */
    SPAN_DROPPED("span_dropped"),
    /** Baggage with a key that is none, more of it than a trace may carry, or with no trace to carry it. */
    BAGGAGE_DROPPED("baggage_dropped");

    private final String wireName;

    Adjustment(String wireName) {
        this.wireName = wireName;
    }

    /** The name under which it is counted. */
    public String wireName() {
        return wireName;
    }
}
