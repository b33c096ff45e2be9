package io.cruddur.obs.test.logs;

import java.time.Duration;

/** The limits of PutLogEvents. What breaks one of a batch's fails the whole call; an event out of its time is left out. */
final class Limits {
    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_BYTES = 1_048_576;
    private static final int OVERHEAD_BYTES = 26;
    private static final long LONGEST_SPAN = Duration.ofHours(24).toMillis();
    private static final long OLDEST = Duration.ofDays(14).toMillis();
    private static final long FURTHEST_AHEAD = Duration.ofHours(2).toMillis();

    private Limits() {}

    static void check(Batch batch) {
        if (batch.count() == 0 || batch.count() > MOST_EVENTS) {
            throw ServiceError.invalidParameter("1 validation error detected: Value at 'logEvents' failed to satisfy"
                    + " constraint: Member must have length from 1 to " + MOST_EVENTS + "; it has " + batch.count());
        }
        long bytes = 0;
        for (int i = 0; i < batch.count(); i++) {
            if (batch.timestamp(i) < 0 || batch.bytes(i) < 1) {
                throw ServiceError.invalidParameter("1 validation error detected: Value at 'logEvents." + (i + 1)
                        + ".member' failed to satisfy constraint: timestamp from 0, message of length from 1");
            }
            if (batch.bytes(i) + OVERHEAD_BYTES > MOST_BYTES) {
                throw ServiceError.invalidParameter("Log event too large: " + (batch.bytes(i) + OVERHEAD_BYTES)
                        + " bytes exceeds limit of " + MOST_BYTES);
            }
            if (i > 0 && batch.timestamp(i) < batch.timestamp(i - 1)) {
                throw ServiceError.invalidParameter(
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
            bytes += batch.bytes(i) + OVERHEAD_BYTES;
        }
        if (bytes > MOST_BYTES) {
            throw ServiceError.invalidParameter("Upload too large: " + bytes + " bytes exceeds limit of " + MOST_BYTES);
        }
        if (batch.timestamp(batch.count() - 1) - batch.timestamp(0) > LONGEST_SPAN) {
            throw ServiceError.invalidParameter(
                    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    /**
     * Which events are taken, by index.
     *
     * @param tooOldEnd the first that is not too old for the service
     * @param expiredEnd the first that is not too old for its group
     * @param tooNewStart the first that is too far ahead
     */
    record Window(int tooOldEnd, int expiredEnd, int tooNewStart) {
        int start() {
            return Math.max(tooOldEnd, expiredEnd);
        }
    }

    static Window window(Batch batch, long now, int retentionDays) {
        return new Window(
                firstFrom(batch, now - OLDEST),
                retentionDays == 0
                        ? 0
                        : firstFrom(batch, now - Duration.ofDays(retentionDays).toMillis()),
                firstFrom(batch, now + FURTHEST_AHEAD + 1));
    }

    private static int firstFrom(Batch batch, long time) {
        int index = 0;
        while (index < batch.count() && batch.timestamp(index) < time) {
            index++;
        }
        return index;
    }
}
