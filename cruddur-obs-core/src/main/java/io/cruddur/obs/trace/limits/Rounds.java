package io.cruddur.obs.trace.limits;

import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Adjustments;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a span is written until it fits. In full first; then again with half as much for each value, so that the
 * largest are cut and the others stay. In the last and tightest round whole entries are left out. Used by one thread.
 */
public final class Rounds {
    private static final int LAST_ROUND = 10;
    private static final int LARGEST_CUT = 65_536;
    private static final int MAX_FRAMES = 256;
    private static final int MIN_FRAMES = 4;

    private final Adjustments adjustments;
    /** Counted when the round is the one that is sent. */
    private final List<Adjustment> adjusted = new ArrayList<>();

    private final List<String> adjustedKeys = new ArrayList<>();
    private int round;
    private int leftOut;
    private boolean exceeded;

    /** Rounds that count what they do there. */
    public Rounds(Adjustments adjustments) {
        this.adjustments = adjustments;
    }

    /** Begins the first round. */
    public void begin() {
        begin(0);
    }

    /** Begins the next round, if the last wrote too much. */
    public boolean again() {
        if (!exceeded) {
            return false;
        }
        begin(round + 1);
        return true;
    }

    private void begin(int newRound) {
        round = newRound;
        leftOut = 0;
        exceeded = false;
        adjusted.clear();
        adjustedKeys.clear();
    }

    /** Counts what the last round did. */
    public void settle() {
        for (int i = 0; i < adjusted.size(); i++) {
            adjustments.count(adjusted.get(i), adjustedKeys.get(i));
        }
    }

    /** Notes what is not sent as it was said. */
    public void adjusted(Adjustment what, String key) {
        adjusted.add(what);
        adjustedKeys.add(key);
    }

    /** Whether this round is lost: what is still to be written need not be. */
    public boolean isExceeded() {
        return exceeded;
    }

    /** Entries left out of this round. */
    public int leftOut() {
        return leftOut;
    }

    /** The frames that a stack may have. */
    public int frames() {
        return Math.max(MIN_FRAMES, MAX_FRAMES >> round);
    }

    /** How much one value may take in this round. */
    public int valueBytes() {
        return round == 0 ? Integer.MAX_VALUE : LARGEST_CUT >> round;
    }

    /** Whether an entry stays: if not, the round is lost, or in the last one the entry is. */
    public boolean keeps(boolean fits, String key) {
        if (fits) {
            return true;
        }
        if (round == LAST_ROUND) {
            leftOut++;
            adjusted(Adjustment.ATTRIBUTE_DROPPED, key);
        } else {
            exceeded = true;
        }
        return false;
    }
}
