package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Micros;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Counts and durations of one node or edge of the map. Not thread-safe. */
final class Latency {

    private long[] micros = new long[16];
    private int ended;
    private long count;
    private long faults;
    private long errors;

    /** @param duration in microseconds, {@link Micros#NONE} while it is in progress */
    void add(long duration, boolean fault, boolean error) {
        count++;
        if (fault) faults++;
        else if (error) errors++;
        if (duration == Micros.NONE) return;
        if (ended == micros.length) micros = Arrays.copyOf(micros, ended * 2);
        micros[ended++] = duration;
    }

    /** Writes {@code count}, {@code ratePerMinute}, {@code faultShare}, {@code errorShare}, {@code p50Ms}, {@code p95Ms}. */
    void writeTo(ObjectNode row, double minutes) {
        Arrays.sort(micros, 0, ended);
        row.put("count", count)
                .put("ratePerMinute", count / minutes)
                .put("faultShare", count == 0 ? 0 : (double) faults / count)
                .put("errorShare", count == 0 ? 0 : (double) errors / count)
                .put("p50Ms", percentile(0.50))
                .put("p95Ms", percentile(0.95));
    }

    /** By the nearest rank; null as long as nothing has ended. */
    private @Nullable Double percentile(double share) {
        if (ended == 0) return null;
        return micros[Math.max(0, (int) Math.ceil(share * ended) - 1)] / 1e3;
    }
}
