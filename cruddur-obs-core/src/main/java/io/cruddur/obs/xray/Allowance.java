package io.cruddur.obs.xray;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Adjustments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a span may say of itself. Written in full first; if that is more than a document holds, again with half as
 * much for each value, so that the largest are cut and the others stay, until it fits. In the last and tightest round
 * whole entries are left out. No text passes that may hold a secret. Used by one thread.
 */
final class Allowance {
    private static final int LAST_ROUND = 10;
    private static final int LARGEST_CUT = 65_536;
    private static final int MAX_FRAMES = 256;
    private static final int MIN_FRAMES = 4;

    private final JsonBuffer json;
    private final Adjustments adjustments;
    private final Redactor redactor;
    /** Counted when the round is the one that is sent. */
    private final List<Adjustment> adjusted = new ArrayList<>();

    private final List<String> adjustedKeys = new ArrayList<>();
    private int round;
    private int limit;
    private int leftOut;
    private boolean exceeded;

    Allowance(JsonBuffer json, Adjustments adjustments, Redactor redactor) {
        this.json = json;
        this.adjustments = adjustments;
        this.redactor = redactor;
    }

    /** Begins the first round. */
    void begin(int maxBytes) {
        limit = json.length() + maxBytes;
        beginRound(0);
    }

    /** Begins the next round, if the last wrote too much. */
    boolean again() {
        if (!exceeded) {
            return false;
        }
        beginRound(round + 1);
        return true;
    }

    private void beginRound(int newRound) {
        round = newRound;
        leftOut = 0;
        exceeded = false;
        adjusted.clear();
        adjustedKeys.clear();
    }

    /** Counts what the last round did. */
    void settle() {
        for (int i = 0; i < adjusted.size(); i++) {
            adjustments.count(adjusted.get(i), adjustedKeys.get(i));
        }
    }

    /** Notes what is not sent as it was said. */
    void adjusted(Adjustment what, String key) {
        adjusted.add(what);
        adjustedKeys.add(key);
    }

    /** Whether this round is lost: what is still to be written need not be. */
    boolean isExceeded() {
        return exceeded;
    }

    /** Entries left out of this round. */
    int leftOut() {
        return leftOut;
    }

    /** The frames that a stack may have. */
    int frames() {
        return Math.max(MIN_FRAMES, MAX_FRAMES >> round);
    }

    /**
     * Whether an entry fits; it is taken back if it does not.
     *
     * @param before the buffer's length before the entry
     * @param commaBefore whether another stands before it
     */
    boolean keeps(int before, boolean commaBefore, String key) {
        if (json.length() <= limit) {
            return true;
        }
        json.cutBackTo(before, commaBefore);
        if (round == LAST_ROUND) {
            leftOut++;
            adjusted(Adjustment.ATTRIBUTE_DROPPED, key);
        } else {
            exceeded = true;
        }
        return false;
    }

    /** Writes a text of at most so many characters under a key; nothing when it is null. */
    void field(String key, @Nullable String text, int maxChars) {
        if (text != null) {
            json.key(key);
            string(key, text, maxChars);
        }
    }

    /** Writes a text under a key; nothing when it is null. */
    void field(String key, @Nullable String text) {
        field(key, text, Integer.MAX_VALUE);
    }

    /** Writes a text of at most so many characters. */
    void string(String key, String text, int maxChars) {
        String safe = redactor.redact(text);
        String cut = CapturedValue.shortenedHarmless(safe, maxChars);
        boolean whole = json.string(cut, valueBytes());
        if (!whole || cut.length() < safe.length()) {
            adjusted(Adjustment.VALUE_TRUNCATED, key);
        }
    }

    /** Writes the name of something in the code, which is no secret, under a key. */
    void code(String key, String name) {
        if (!json.key(key).string(name, valueBytes())) {
            adjusted(Adjustment.VALUE_TRUNCATED, key);
        }
    }

    /** Writes a captured value; one that is too large as the beginning of its JSON. */
    void value(String key, @Nullable Object captured) {
        if (captured instanceof String text) {
            string(key, text, Integer.MAX_VALUE);
            return;
        }
        int from = json.length();
        json.value(redactor.redactValue(captured));
        if (json.length() - from > valueBytes()) {
            json.valueToText(from, valueBytes());
            adjusted(Adjustment.VALUE_TRUNCATED, key);
        }
    }

    private int valueBytes() {
        return round == 0 ? Integer.MAX_VALUE : LARGEST_CUT >> round;
    }
}
