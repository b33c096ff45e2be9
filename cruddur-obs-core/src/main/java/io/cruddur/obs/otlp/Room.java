package io.cruddur.obs.otlp;

import io.cruddur.obs.trace.limits.Rounds;

/** What is left of the bytes that a span may take. Used by one thread. */
final class Room {
    private final Rounds rounds;
    private int left;

    Room(Rounds rounds) {
        this.rounds = rounds;
    }

    void begin(int maxBytes) {
        left = maxBytes;
    }

    int left() {
        return left;
    }

    /** Whether there is room for so much more, which is taken then. */
    boolean take(int bytes, String what) {
        if (!rounds.keeps(bytes <= left, what)) {
            return false;
        }
        left -= bytes;
        return true;
    }

    void giveBack(int bytes) {
        left += bytes;
    }
}
