package io.cruddur.obs.baggage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
    public static final Baggage EMPTY = new Baggage(List.of(), 0);

    /**
     * An entry, and the part of a header that says it: with what came beside the value, which we do not read but hand on.
     * The part is not cut out before somebody asks for the header.
     */
    record Member(String key, String value, String source, int from, int to) {
        int bytes() {
            return to - from;
        }
    }

    private final List<Member> members;
    private final int headerBytes;
    /** Made when somebody asks; two threads may at worst make two, which are alike. */
    private @Nullable Map<String, String> values;

    private @Nullable String header;

    /** With members that are never changed again; their bytes with the commas between them. */
    Baggage(List<Member> members, int headerBytes) {
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

    /** All entries in their order; cannot be changed. */
    public Map<String, String> asMap() {
        Map<String, String> present = values;
        if (present == null) {
            var copy = new LinkedHashMap<String, String>(members.size() * 2);
            for (Member member : members) {
                copy.put(member.key(), member.value());
            }
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
        String text = key + '=' + PercentCoding.encode(value);
        var member = new Member(key, value, text, 0, text.length());
        int at = indexOf(members, key);
        boolean isNew = at < 0;
        int bytes = headerBytes
                + member.bytes()
                - (isNew ? 0 : members.get(at).bytes())
                + (isNew && !members.isEmpty() ? 1 : 0);
        if (bytes > MAX_BYTES || (isNew && members.size() == MAX_ENTRIES)) {
            return null;
        }
        var changed = new ArrayList<>(members);
        if (isNew) {
            changed.add(member);
        } else {
            changed.set(at, member);
        }
        return new Baggage(changed, bytes);
    }

    /** The same without the key. */
    public Baggage without(String key) {
        int at = indexOf(members, key);
        if (at < 0) {
            return this;
        }
        if (members.size() == 1) {
            return EMPTY;
        }
        var fewer = new ArrayList<>(members);
        return new Baggage(fewer, headerBytes - fewer.remove(at).bytes() - 1);
    }

    /** The place of a key; -1 if it has none. There are few, so a look at each is quicker than a map. */
    static int indexOf(List<Member> members, String key) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** The header's value: visible ASCII and spaces, at most {@value #MAX_BYTES} bytes; empty if there are no entries. */
    public String toHeader() {
        String present = header;
        if (present == null) {
            var text = new StringBuilder(headerBytes);
            for (Member member : members) {
                text.append(text.isEmpty() ? "" : ",").append(member.source(), member.from(), member.to());
            }
            // A tab is allowed between the parts, but no control character goes out again.
            header = present = text.toString().replace('\t', ' ');
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
        return "Baggage" + asMap().keySet();
    }
}
