package io.cruddur.obs.redact;

/** Takes secrets out of text. Thread-safe, and in linear time whatever the text. */
public interface Redactor {
    /** Takes nothing out. */
    Redactor NONE = text -> text;

    /** The text without secrets; the same object where it has none. */
    String redact(String text);
}
