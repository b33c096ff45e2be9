package io.cruddur.obs.trace;

/** What another library knows a span by. */
public interface Attachment {
    /** Called when the span is about to end, by whatever ends it; perhaps twice. Says what is still to be said. */
    void beforeEnd();
}
