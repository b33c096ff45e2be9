package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedValue;

/** Takes log records, and counts what became of their texts and values on the way. Thread-safe; nothing here blocks or throws. */
public interface LogSignal extends CapturedValue.Changes {
    /** What is to be copied of an event. */
    CaptureSettings capture();

    /** Whether a name, such as a key of the MDC, says that what it names is a secret. */
    boolean isSensitive(String name);

    /** Takes a record. */
    void accept(LogRecord record);

    /** Counts an event that never became a record. */
    void lost(String reason);
}
