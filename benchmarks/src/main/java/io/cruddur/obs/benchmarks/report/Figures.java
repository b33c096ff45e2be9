package io.cruddur.obs.benchmarks.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    private Figures() {}

    /** No more digits than the measurement is worth. */
    static String plain(double value) {
        return String.format(Locale.ROOT, value < 9.95 && value >= 0.05 ? "%.1f" : "%,.0f", value);
    }

    /** A count. */
    static String whole(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** How many times as much. */
    static String times(double value) {
        return plain(value) + "×";
    }
}
