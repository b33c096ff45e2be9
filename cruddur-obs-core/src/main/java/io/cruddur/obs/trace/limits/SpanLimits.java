package io.cruddur.obs.trace.limits;

/** Limits in which the services agree, or of which ours takes the lowest. In characters where nothing else is said. */
public final class SpanLimits {
    /** The most bytes that a span takes: the least that a service calls too much is 64 KB. */
    public static final int MAX_BYTES = 64_000;

    /** Method, URL, client's address and its own words, and users: the X-Ray schema's limit for each of them. */
    public static final int MAX_CALL_CHARS = 250;

    /** How many annotations X-Ray indexes a trace. */
    public static final int MAX_ANNOTATIONS = 50;

    /** The value of an annotation. */
    public static final int MAX_ANNOTATION_CHARS = 1_000;

    /** A name of a span. */
    public static final int MAX_NAME_CHARS = 200;

    /** A key of an annotation or of metadata, or a namespace. */
    public static final int MAX_KEY_CHARS = 500;

    private SpanLimits() {}
}
