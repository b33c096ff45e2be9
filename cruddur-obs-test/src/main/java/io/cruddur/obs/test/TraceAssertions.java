package io.cruddur.obs.test;

/** The way in to what a test can say about spans; meant for a static import. */
public final class TraceAssertions {
    private TraceAssertions() {}

    /** Says something about a span. */
    public static SpanAssert assertThat(CapturedSpan span) {
        return new SpanAssert(span);
    }
}
