package io.cruddur.obs.baggage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application's own values that travel with a trace, in the order in which they came, as in the W3C header {@code
 * baggage}. Immutable. At most {@value #MAX_ENTRIES} entries and {@value #MAX_BYTES} bytes of header: more is never
 * held, whoever sends it.
 */
public final class Baggage {
    /** The header's name. */
    public static final String NAME = "baggage";

    /** What W3C asks every party to carry, and what we carry at most. */
    public static final int MAX_ENTRIES = 64;

    /** The same for the length of the header. */
    public static final int MAX_BYTES = 8_192;

    /** No entries. */
    public static final Baggage EMPTY = new Baggage(Map.of(), 0);

    /**
     * A value, and how the header says it: with what came beside the value, which we do not read but hand on.
     *
     * @param text visible ASCII and spaces, no comma
     */
    record Member(String value, String text) {}

    private final Map<String, Member> members;
    private final int headerBytes;
    /** Made when somebody asks; two threads may at worst make two, which are alike. */
    private @Nullable Map<String, String> values;

    private @Nullable String header;

    Baggage(Map<String, Member> members, int headerBytes) {
        this.members = members;
        this.headerBytes = headerBytes;
    }

    /**
     * Reads a header. Malformed members are left out, the others kept as long as they fit. Never throws.
     *
     * @param leftOut called for each member that is left out, once for all that lie beyond {@value #MAX_BYTES} bytes
     */
    public static Baggage parse(String header, Runnable leftOut) {
        return BaggageParser.parse(header, leftOut);
    }

    /** Whether there are no entries. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The value of a key; null if it has none. */
    public @Nullable String get(String key) {
        Member member = members.get(key);
        return member == null ? null : member.value();
    }

    /** All entries in their order; cannot be changed. */
    public Map<String, String> asMap() {
        Map<String, String> present = values;
        if (present == null) {
            var copy = new LinkedHashMap<String, String>(members.size() * 2);
            members.forEach((key, member) -> copy.put(key, member.value()));
            values = present = Collections.unmodifiableMap(copy);
        }
        return present;
    }

    /**
     * The same with one more entry, or with another value for it.
     *
     * @param key visible ASCII without the separators of HTTP, such as {@code user-id}
     * @param value any text
     * @return null if the key is none, or the entry would not fit
     */
    public @Nullable Baggage with(String key, String value) {
        if (key.length() > MAX_BYTES || value.length() > MAX_BYTES || !Syntax.isToken(key)) {
            return null;
        }
        var member = new Member(value, key + '=' + PercentCoding.encode(value));
        Member before = members.get(key);
        int bytes = headerBytes
                + (before == null ? 0 : -before.text().length())
                + member.text().length()
                + (before == null && !members.isEmpty() ? 1 : 0);
        if (bytes > MAX_BYTES || (before == null && members.size() == MAX_ENTRIES)) {
            return null;
        }
        var more = new LinkedHashMap<>(members);
        more.put(key, member);
        return new Baggage(more, bytes);
    }

    /** The same without the key. */
    public Baggage without(String key) {
        Member before = members.get(key);
        if (before == null) {
            return this;
        }
        if (members.size() == 1) {
            return EMPTY;
        }
        var fewer = new LinkedHashMap<>(members);
        fewer.remove(key);
        return new Baggage(fewer, headerBytes - before.text().length() - 1);
    }

    /** The header's value: visible ASCII and spaces, at most {@value #MAX_BYTES} bytes; empty if there are no entries. */
    public String toHeader() {
        String present = header;
        if (present == null) {
            var text = new StringBuilder(headerBytes);
            for (Member member : members.values()) {
                text.append(text.isEmpty() ? "" : ",").append(member.text());
            }
            header = present = text.toString();
        }
        return present;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Baggage that && toHeader().equals(that.toHeader());
    }

    @Override
    public int hashCode() {
        return toHeader().hashCode();
    }

    /** Without the values: they are the application's, and may be personal. */
    @Override
    public String toString() {
        return "Baggage" + members.keySet();
    }
}
