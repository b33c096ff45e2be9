package io.cruddur.obs.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes in memory, first in first out, a lane for each severity so that the least worth can give way. Used under one
 * lock.
 */
final class Lanes<E extends Envelope> {
    /** Object headers, and its place in a lane. */
    private static final int OVERHEAD_BYTES = 120;

    private record Entry<E>(long number, long sinceNanos, E envelope) {}

    private final List<ArrayDeque<Entry<E>>> lanes = new ArrayList<>();
    private long added;
    private long payload;
    private int count;

    Lanes() {
        for (int i = 0; i < Severity.values().length; i++) {
            lanes.add(new ArrayDeque<>());
        }
    }

    static long weight(Envelope envelope) {
        return envelope.size() + (long) OVERHEAD_BYTES;
    }

    void add(E envelope, long nowNanos) {
        lane(envelope).addLast(new Entry<>(added++, nowNanos, envelope));
        payload += envelope.size();
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** The sum of their sizes. */
    long payload() {
        return payload;
    }

    /** An estimate of the memory that they keep. */
    long bytes() {
        return payload + (long) count * OVERHEAD_BYTES;
    }

    /** The oldest of all; null if there is none. */
    @Nullable E peek() {
        Entry<E> oldest = oldest();
        return oldest == null ? null : oldest.envelope();
    }

    /** Since when the oldest waits; meaningless if there is none. */
    long oldestSinceNanos() {
        Entry<E> oldest = oldest();
        return oldest == null ? 0 : oldest.sinceNanos();
    }

    /** Takes the oldest out; there is one. */
    E remove() {
        Entry<E> oldest = oldest();
        if (oldest == null) {
            throw new IllegalStateException("empty");
        }
        return removeFirst(lane(oldest.envelope()));
    }

    /** The oldest of them, at most so many. */
    List<E> first(int most) {
        var oldest = new ArrayList<Entry<E>>();
        for (ArrayDeque<Entry<E>> lane : lanes) {
            lane.stream().limit(most).forEach(oldest::add);
        }
        oldest.sort((one, other) -> Long.compare(one.number(), other.number()));
        return oldest.stream().limit(most).map(Entry::envelope).toList();
    }

    /** Records among them. */
    long records() {
        return lanes.stream()
                .flatMap(ArrayDeque::stream)
                .filter(entry -> entry.envelope().endsRecord())
                .count();
    }

    /**
     * Throws away the oldest record of the lowest severity under the given one, with all its parts.
     *
     * @return false if there is none
     */
    boolean dropBelow(Severity severity) {
        for (int i = 0; i < severity.rank(); i++) {
            ArrayDeque<Entry<E>> lane = lanes.get(i);
            while (!lane.isEmpty()) {
                if (removeFirst(lane).endsRecord()) {
                    return true;
                }
            }
        }
        return false;
    }

    private E removeFirst(ArrayDeque<Entry<E>> lane) {
        E envelope = lane.removeFirst().envelope();
        payload -= envelope.size();
        count--;
        return envelope;
    }

    private ArrayDeque<Entry<E>> lane(E envelope) {
        return lanes.get(envelope.severity().rank());
    }

    private @Nullable Entry<E> oldest() {
        Entry<E> oldest = null;
        for (ArrayDeque<Entry<E>> lane : lanes) {
            Entry<E> first = lane.peekFirst();
            if (first != null && (oldest == null || first.number() < oldest.number())) {
                oldest = first;
            }
        }
        return oldest;
    }
}
