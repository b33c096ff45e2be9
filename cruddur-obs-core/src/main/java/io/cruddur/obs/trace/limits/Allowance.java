package io.cruddur.obs.trace.limits;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustment;
import org.jspecify.annotations.Nullable;

/**
 * How much of a span's JSON may be written, in the {@link Rounds} in which it is. No text passes that may hold a secret.
 * Used by one thread.
 */
public final class Allowance {
    private final JsonBuffer json;
    private final Rounds rounds;
    private final Redactor redactor;
    private int limit = Integer.MAX_VALUE;

    /** Without a limit before {@link #begin}. */
    public Allowance(JsonBuffer json, Rounds rounds, Redactor redactor) {
        this.json = json;
        this.rounds = rounds;
        this.redactor = redactor;
    }

    /** Begins the first round. */
    public void begin(int maxBytes) {
        limit = json.length() + maxBytes;
        rounds.begin();
    }

    /** Begins the next round, if the last wrote too much. */
    public boolean again() {
        return rounds.again();
    }

    /** Counts what the last round did. */
    public void settle() {
        rounds.settle();
    }

    /** Notes what is not sent as it was said. */
    public void adjusted(Adjustment what, String key) {
        rounds.adjusted(what, key);
    }

    /** Whether this round is lost: what is still to be written need not be. */
    public boolean isExceeded() {
        return rounds.isExceeded();
    }

    /** Entries left out of this round. */
    public int leftOut() {
        return rounds.leftOut();
    }

    /** The frames that a stack may have. */
    public int frames() {
        return rounds.frames();
    }

    /**
     * Whether an entry fits; it is taken back if it does not.
     *
     * @param before the buffer's length before the entry
     * @param commaBefore whether another stands before it
     */
    public boolean keeps(int before, boolean commaBefore, String key) {
        if (rounds.keeps(json.length() <= limit, key)) {
            return true;
        }
        json.cutBackTo(before, commaBefore);
        return false;
    }

    /** Writes a text of at most so many characters under a key; nothing when it is null. */
    public void field(String key, @Nullable String text, int maxChars) {
        if (text != null) {
            json.key(key);
            string(key, text, maxChars);
        }
    }

    /** Writes a text under a key; nothing when it is null. */
    public void field(String key, @Nullable String text) {
        field(key, text, Integer.MAX_VALUE);
    }

    /** Writes a text of at most so many characters. */
    public void string(String key, String text, int maxChars) {
        String safe = redactor.redact(text);
        String cut = CapturedValue.shortenedHarmless(safe, maxChars);
        boolean whole = json.string(cut, rounds.valueBytes());
        if (!whole || cut.length() < safe.length()) {
            rounds.adjusted(Adjustment.VALUE_TRUNCATED, key);
        }
    }

    /** Writes the name of something in the code, which is no secret, under a key. */
    public void code(String key, String name) {
        if (!json.key(key).string(name, rounds.valueBytes())) {
            rounds.adjusted(Adjustment.VALUE_TRUNCATED, key);
        }
    }

    /** Writes a captured value; one that is too large as the beginning of its JSON. */
    public void value(String key, @Nullable Object captured) {
        if (captured instanceof String text) {
            string(key, text, Integer.MAX_VALUE);
            return;
        }
        int from = json.length();
        json.value(redactor.redactValue(captured));
        if (json.length() - from > rounds.valueBytes()) {
            json.valueToText(from, rounds.valueBytes());
            rounds.adjusted(Adjustment.VALUE_TRUNCATED, key);
        }
    }
}
