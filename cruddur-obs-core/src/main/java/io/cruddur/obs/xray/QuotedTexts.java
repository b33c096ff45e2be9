package io.cruddur.obs.xray;

import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Names and keys in the form in which they are written: an application has few, and writes them again and again. The
 * cache is bounded in entries and in the length of what it keeps, so names that a caller makes up cost only themselves.
 * Used by one thread.
 */
final class QuotedTexts {
    private static final int SLOTS = 512;
    /** How far from its place a text is looked for: two that share a place shall not push each other out for ever. */
    private static final int PROBES = 4;

    private static final int MAX_CHARS_KEPT = Names.MAX_NAME;

    /**
     * A text and its form on the wire.
     *
     * @param source as the application says it
     * @param harmless the same without secrets
     * @param text as the service takes it
     * @param bytes the same as JSON, in its quotes, with what always stands around it
     * @param isSensitive whether it is the name of a secret
     */
    @SuppressWarnings("ArrayRecordComponent") // written to the wire and never compared
    record Quoted(String source, String harmless, String text, byte[] bytes, boolean isSensitive) {
        boolean isChanged() {
            return !text.equals(harmless);
        }
    }

    private final @Nullable Quoted[] slots = new @Nullable Quoted[SLOTS];
    private final JsonBuffer json = new JsonBuffer();
    private final Redactor redactor;
    private final UnaryOperator<String> rule;
    private final byte[] before;
    private final byte[] behind;

    /**
     * Texts by a rule.
     *
     * @param before what always stands before one
     * @param behind what always stands behind one
     */
    QuotedTexts(Redactor redactor, UnaryOperator<String> rule, String before, String behind) {
        this.redactor = redactor;
        this.rule = rule;
        this.before = before.getBytes(StandardCharsets.US_ASCII);
        this.behind = behind.getBytes(StandardCharsets.US_ASCII);
    }

    Quoted of(String source) {
        int hash = source.hashCode();
        int home = (hash ^ hash >>> 16) & SLOTS - 1;
        int free = home;
        for (int i = 0; i < PROBES; i++) {
            int at = home + i & SLOTS - 1;
            Quoted known = slots[at];
            if (known == null) {
                free = at;
                break;
            }
            if (known.source.equals(source)) {
                return known;
            }
        }
        String harmless = redactor.redact(source);
        String text = rule.apply(harmless);
        json.clear().literal(before).string(text).literal(behind);
        var made = new Quoted(source, harmless, text, json.toByteArray(), redactor.isSensitive(source));
        if (source.length() <= MAX_CHARS_KEPT) {
            slots[free] = made;
        }
        return made;
    }

    /** Whether two texts are one by the rule, which changes the length of none but the longest and the empty. */
    boolean isSame(String a, String b) {
        return a.length() == b.length()
                ? a.equals(b) || of(a).text.equals(of(b).text)
                : Names.mayChangeLength(a, b) && of(a).text.equals(of(b).text);
    }
}
