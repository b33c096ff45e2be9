package io.cruddur.obs.otlp;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.limits.Rounds;
import io.cruddur.obs.trace.limits.SpanLimits;

/** Texts as they are sent: without secrets, no longer than the round allows, and whole characters. Used by one thread. */
final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private final Redactor redactor;
    private final Rounds rounds;

    Texts(Redactor redactor, Rounds rounds) {
        this.redactor = redactor;
        this.rounds = rounds;
    }

    /** A value of at most so many characters. */
    String value(String key, String text, int maxChars) {
        return cut(key, redactor.redact(text), maxChars);
    }

    /** The same for a text in which no secret can be, or none any more. */
    String cut(String key, String harmless, int maxChars) {
        String cut = CapturedValue.shortenedHarmless(harmless, Math.min(maxChars, rounds.valueBytes()));
        if (cut.length() < harmless.length()) {
            rounds.adjusted(Adjustment.VALUE_TRUNCATED, key);
        }
        return wellFormed(cut);
    }

    /** A key, which may be null in spite of its type: it comes from code that no checker has seen. */
    String key(String said) {
        return name(String.valueOf(said), SpanLimits.MAX_KEY_CHARS);
    }

    /** A name of at most so many characters; what is blank has one of ours. */
    String name(String said, int maxChars) {
        String harmless = redactor.redact(said);
        String cut = CapturedValue.shortenedHarmless(harmless, maxChars);
        return cut.isBlank() ? "unnamed" : wellFormed(cut);
    }

    /** The same without halves of characters: they have no form in UTF-8, and the encoder complains of each. */
    static String wellFormed(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else {
                changed = changed == null ? new StringBuilder(text) : changed;
                changed.setCharAt(i, REPLACEMENT);
            }
        }
        return changed == null ? text : changed.toString();
    }
}
