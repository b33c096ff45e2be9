package io.cruddur.obs.console.internal.error;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How often something happened in the last hours, in slots of 20 seconds. Not thread-safe. */
final class Trend {

    static final long BYTES = 3_000;

    private static final long SLOT_MICROS = TimeUnit.SECONDS.toMicros(20);

    /** Slots in which something happened; older ones are forgotten. */
    private static final int MAX_SLOTS = 180;

    private static final int BARS = 30;
    private static final long LEAST_SLOTS = BARS;
    private static final long MOST_SLOTS = 6L * 3600 / 20;

    private static final class Slot {
        final long number;
        long count;

        Slot(long number, long count) {
            this.number = number;
            this.count = count;
        }
    }

    private final Deque<Slot> slots = new ArrayDeque<>();

    /** @param times how often it happened then: any number, if a sender says so */
    void add(long micros, long times) {
        long number = Math.floorDiv(micros, SLOT_MICROS);
        for (Slot slot : (Iterable<Slot>) slots::descendingIterator) {
            if (slot.number != number) continue;
            slot.count = sum(slot.count, times);
            return;
        }
        slots.addLast(new Slot(number, times));
        if (slots.size() > MAX_SLOTS) slots.removeFirst();
    }

    private static long sum(long some, long more) {
        return more > Long.MAX_VALUE - some ? Long.MAX_VALUE : some + more;
    }

    /**
     * Writes {@code bucketSeconds} and {@code counts}, 30 of them, the last of which ends now.
     *
     * @param from where the first begins, at the latest: ten minutes to six hours are shown
     */
    void writeTo(ObjectNode trend, long from, long now) {
        long last = Math.floorDiv(now, SLOT_MICROS);
        long wanted = last - Math.floorDiv(from, SLOT_MICROS) + 1;
        long shown = Math.min(Math.max(wanted, LEAST_SLOTS), MOST_SLOTS);
        long slotsABar = (shown + BARS - 1) / BARS;
        long first = last + 1 - slotsABar * BARS;
        long[] counts = new long[BARS];
        for (Slot slot : slots) {
            if (slot.number < first || slot.number > last) continue;
            int bar = (int) ((slot.number - first) / slotsABar);
            counts[bar] = sum(counts[bar], slot.count);
        }
        trend.put("bucketSeconds", slotsABar * SLOT_MICROS / 1_000_000);
        ArrayNode bars = trend.putArray("counts");
        for (long count : counts) bars.add(count);
    }
}
