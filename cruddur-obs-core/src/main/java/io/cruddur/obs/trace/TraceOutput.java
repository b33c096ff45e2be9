package io.cruddur.obs.trace;

/** Where finished spans go. Thread-safe; must not block or throw. */
public interface TraceOutput {
    /** Leads nowhere. */
    TraceOutput NONE = record -> {};

    /** Takes a record. */
    void accept(TraceRecord record);

    /** Asks the worker to look for work now. */
    default void wake() {}
}
