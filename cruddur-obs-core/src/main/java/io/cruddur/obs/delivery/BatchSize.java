package io.cruddur.obs.delivery;

/** What has been put into a batch, against what it may hold. */
final class BatchSize {
    private final BatchLimits limits;
    private final long maxSpanMillis;
    private int count;
    private long bytes;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    BatchSize(BatchLimits limits) {
        this.limits = limits;
        this.maxSpanMillis = limits.maxSpan().toMillis();
    }

    /** Puts it in if it fits; the first always does. */
    boolean add(Envelope envelope) {
        long size = envelope.size() + (long) limits.overheadBytes();
        long first = Math.min(earliest, envelope.timestampMillis());
        long last = Math.max(latest, envelope.timestampMillis());
        boolean fits = count < limits.maxCount() && bytes + size <= limits.maxBytes() && last - first < maxSpanMillis;
        if (count > 0 && !fits) {
            return false;
        }
        count++;
        bytes += size;
        earliest = first;
        latest = last;
        return true;
    }
}
