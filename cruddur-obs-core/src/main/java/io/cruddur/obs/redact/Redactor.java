package io.cruddur.obs.redact;

import org.jspecify.annotations.Nullable;

/** Takes secrets out of what leaves the process. Thread-safe, and in linear time whatever the text. */
@FunctionalInterface
public interface Redactor {
    /** What stands where a secret was. */
    String MARK = "[redacted]";

    /** Takes nothing out. */
    Redactor NONE = text -> text;

    /** The text without secrets; the same object where it has none. */
    String redact(String text);

    /** Whether a name, of a field, a header or a key, says that what it names is a secret. */
    default boolean isSensitive(String name) {
        return false;
    }

    /** The mark in place of all of a value; what is empty or marked already stays. */
    default String takeOut(Object captured) {
        return captured.equals("") ? "" : MARK;
    }

    /** How many secrets were taken out so far. */
    default long redactions() {
        return 0;
    }

    /**
     * A captured value without secrets: null, strings, booleans, numbers, maps and lists of these. What a sensitive key
     * names is taken out whole, but for null and booleans, which tell nothing. The same object where there is no secret.
     */
    default @Nullable Object redactValue(@Nullable Object captured) {
        return captured instanceof String text ? redact(text) : RedactedValues.of(this, captured);
    }

    /** The same for a value that has a name. */
    default @Nullable Object redactValue(String name, @Nullable Object captured) {
        return captured != null && !(captured instanceof Boolean) && isSensitive(name)
                ? takeOut(captured)
                : redactValue(captured);
    }

    /** The same for a text that has a name. */
    default String redact(String name, String text) {
        return isSensitive(name) ? takeOut(text) : redact(text);
    }
}
