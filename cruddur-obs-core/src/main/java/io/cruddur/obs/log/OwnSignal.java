package io.cruddur.obs.log;

/** A log signal with all that ships its records, started for one appender. */
public interface OwnSignal extends AutoCloseable {
    /** Takes the records. */
    LogSignal signal();

    /** Ships what is left, within the time set for it, and ends what was started. */
    @Override
    void close();
}
