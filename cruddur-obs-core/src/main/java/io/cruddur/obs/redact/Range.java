package io.cruddur.obs.redact;

/** A part of a text in a long, so that looking for one makes no object. */
final class Range {
    /** No part. */
    static final long NONE = -1;

    private Range() {}

    static long of(int start, int end) {
        return (long) start << 32 | end;
    }

    static int start(long range) {
        return (int) (range >>> 32);
    }

    static int end(long range) {
        return (int) range;
    }
}
