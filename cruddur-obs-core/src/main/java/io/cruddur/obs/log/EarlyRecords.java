package io.cruddur.obs.log;

import java.util.ArrayList;
import java.util.List;

/** What is logged before anybody ships it: the first of it, bounded in count and bytes. Used under a lock. */
final class EarlyRecords {
    static final int MAX_COUNT = 4_096;
    static final long MAX_BYTES = 4L << 20;

    private final List<LogRecord> records = new ArrayList<>();
    private long bytes;
    private long leftOut;

    void add(LogRecord record) {
        int weight = record.weight();
        if (records.size() == MAX_COUNT || bytes + weight > MAX_BYTES) {
            leftOut++;
            return;
        }
        records.add(record);
        bytes += weight;
    }

    /** Counts an event that could not be copied. */
    void lost() {
        leftOut++;
    }

    long leftOut() {
        return leftOut;
    }

    List<LogRecord> records() {
        return records;
    }
}
