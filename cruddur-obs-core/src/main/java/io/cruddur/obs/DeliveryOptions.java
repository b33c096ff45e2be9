package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.PipelineSettings;
import io.cruddur.obs.delivery.RecordStore;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.delivery.spool.Spool;
import io.cruddur.obs.delivery.spool.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What records do when their service does not take them: {@code builder.delivery(delivery -> ...)}. Used by one
 * thread.
 */
public final class DeliveryOptions {
    private static final long MIN_SPOOL_BYTES = 1 << 20;
    /** Lines come in bursts, and a thread that has just started encodes slowly. */
    private static final int QUEUE_COUNT = 65_536;

    private SpoolMode spool = SpoolMode.OFF;
    private @Nullable Path spoolDirectory;
    private long spoolMaxBytes = 256L << 20;
    private Duration spoolMaxAge = Duration.ofDays(13);
    private Duration attemptTimeout = Duration.ofSeconds(5);
    private Duration retryDeadline = Duration.ofMinutes(10);

    DeliveryOptions() {}

    /**
     * When logs, errors and the traces of exporters that wait for an answer are written to disk. {@link SpoolMode#OFF} by default in a builder, {@link SpoolMode#OVERFLOW} in
     * one from the environment.
     */
    @CanIgnoreReturnValue
    public DeliveryOptions spool(SpoolMode mode) {
        spool = mode;
        return this;
    }

    /**
     * Where: a directory that outlives the process, such as a volume. It is made if it is missing, and what is made is
     * closed to other users. By default {@code cruddur-obs-<user>} in {@code java.io.tmpdir}.
     */
    @CanIgnoreReturnValue
    public DeliveryOptions spoolDirectory(Path directory) {
        spoolDirectory = directory;
        return this;
    }

    /** The most bytes on disk for each sink of a process; 256 MiB by default, at least 1 MiB. */
    @CanIgnoreReturnValue
    public DeliveryOptions spoolMaxBytes(long bytes) {
        if (bytes < MIN_SPOOL_BYTES) {
            throw new IllegalArgumentException("spoolMaxBytes is 1 MiB or more; it was " + bytes);
        }
        spoolMaxBytes = bytes;
        return this;
    }

    /** What is older when its turn comes is lost; 13 days by default, since CloudWatch Logs refuses what is 14 days old. */
    @CanIgnoreReturnValue
    public DeliveryOptions spoolMaxAge(Duration age) {
        spoolMaxAge = positive("spoolMaxAge", age);
        return this;
    }

    /** How long a batch that has no spool is retried before it is lost; ten minutes by default. */
    @CanIgnoreReturnValue
    public DeliveryOptions retryDeadline(Duration deadline) {
        retryDeadline = positive("retryDeadline", deadline);
        return this;
    }

    /**
     * How long one attempt of a call may take from its beginning to the end of its answer; 5 s by default. With the linger of at most a
     * second this is how long a record waits in memory alone, where the spool takes what overflows.
     */
    @CanIgnoreReturnValue
    public DeliveryOptions attemptTimeout(Duration timeout) {
        attemptTimeout = positive("attemptTimeout", timeout);
        return this;
    }

    Duration attemptTimeout() {
        return attemptTimeout;
    }

    private static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " is more than nothing; it was " + value);
        }
        return value;
    }

    PipelineSettings pipeline() {
        PipelineSettings standard = PipelineSettings.DEFAULT;
        return new PipelineSettings(QUEUE_COUNT, standard.queueBytes(), standard.backlogBytes(), retryDeadline);
    }

    /** Trees are fewer than lines, and weigh more. */
    PipelineSettings traces() {
        PipelineSettings standard = PipelineSettings.DEFAULT;
        return new PipelineSettings(
                standard.queueCount(), standard.queueBytes(), standard.backlogBytes(), retryDeadline);
    }

    boolean isWriteAhead() {
        return spool == SpoolMode.WRITE_AHEAD;
    }

    /** A store for one sink; null if nothing is written to disk. */
    @Nullable RecordStore<EncodedRecord> store(String service, String environment, String sink) {
        if (spool == SpoolMode.OFF) {
            return null;
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "."));
        String user =
                "cruddur-obs-" + System.getProperty("user.name", "unknown").toLowerCase(Locale.ROOT);
        Path base = spoolDirectory == null ? temporary : spoolDirectory;
        List<String> names = spoolDirectory == null
                ? List.of(user, service, environment, sink)
                : List.of(service, environment, sink);
        return new Spool(new SpoolSettings(base, names, spoolMaxBytes, spoolMaxAge));
    }
}
