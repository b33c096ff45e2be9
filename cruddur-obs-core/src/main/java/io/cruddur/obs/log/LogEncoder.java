package io.cruddur.obs.log;

import io.cruddur.obs.delivery.EncodedRecord;
import java.util.function.Consumer;

/** Makes lines of log records. Used by one thread. */
public interface LogEncoder {
    /**
     * Writes one line, or several numbered ones if one would be too long.
     *
     * @param maxBytes the most that a line may take, in UTF-8
     * @param lines takes them in their order; only the last ends the record
     */
    void encode(LogRecord record, int maxBytes, Consumer<EncodedRecord> lines);
}
