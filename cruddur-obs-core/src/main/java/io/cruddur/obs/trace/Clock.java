package io.cruddur.obs.trace;

import java.time.Instant;

/**
 * The wall clock in the unit of segment documents. Reading it to the microsecond is a call out of the JVM; reading it to
 * the millisecond is not. So the microseconds are reckoned from an earlier reading, as long as the milliseconds agree:
 * after a sleep of the machine, or when somebody set the clock, they do not, and it is read anew. Thread-safe.
 */
final class Clock {
    private static final long MICROS_A_MILLI = 1_000;
    /** What the two clocks may drift apart before it matters. */
    private static final long TOLERATED_MICROS = 100;

    private record Reading(long epochMicros, long nanoTime) {}

    private static volatile Reading last = read();

    private Clock() {}

    /**
     * Epoch microseconds.
     *
     * @param nanoTime {@link System#nanoTime} of this moment
     */
    static long epochMicros(long nanoTime) {
        Reading reading = last;
        long reckoned = reading.epochMicros + (nanoTime - reading.nanoTime) / 1_000;
        long sinceMilli = reckoned - System.currentTimeMillis() * MICROS_A_MILLI;
        if (sinceMilli < -TOLERATED_MICROS || sinceMilli > MICROS_A_MILLI + TOLERATED_MICROS) {
            last = reading = read();
            return reading.epochMicros;
        }
        return reckoned;
    }

    /** Reads it anew, so that what the two clocks drift apart does not add up. */
    static void refresh() {
        last = read();
    }

    private static Reading read() {
        Instant now = Instant.now();
        return new Reading(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000, System.nanoTime());
    }
}
