package io.cruddur.obs.baggage;

import io.cruddur.obs.baggage.Baggage.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the header member by member. Time and memory are bounded by the limits, whatever is sent. */
final class BaggageParser {
    private final String header;
    private final Runnable leftOut;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private int bytes;

    private BaggageParser(String header, Runnable leftOut) {
        this.header = header;
        this.leftOut = leftOut;
    }

    static Baggage parse(String header, Runnable leftOut) {
        var parser = new BaggageParser(header, leftOut);
        parser.readAll();
        return parser.members.isEmpty() ? Baggage.EMPTY : new Baggage(parser.members, parser.bytes);
    }

    private void readAll() {
        int end = header.length();
        if (end > Baggage.MAX_BYTES) {
            // Up to the last member that is whole within the limit; what is behind it is not even looked at.
            end = Math.max(0, header.lastIndexOf(',', Baggage.MAX_BYTES));
            leftOut.run();
        }
        int from = 0;
        while (from < end) {
            int comma = header.indexOf(',', from);
            int to = comma < 0 ? end : comma;
            read(from, to);
            from = to + 1;
        }
    }

    /** Reads {@code key = value ; property ; property = value}, in which spaces may be missing. */
    private void read(int memberStart, int memberEnd) {
        int from = Syntax.skipSpaces(header, memberStart, memberEnd);
        int to = Syntax.trimmedEnd(header, from, memberEnd);
        if (from == to) {
            return;
        }
        int keyEnd = Syntax.tokenEnd(header, from, to);
        int equals = Syntax.skipSpaces(header, keyEnd, to);
        if (keyEnd == from || equals == to || header.charAt(equals) != '=') {
            leftOut.run();
            return;
        }
        int valueStart = Syntax.skipSpaces(header, equals + 1, to);
        int valueEnd = Syntax.valueEnd(header, valueStart, to);
        String value = areProperties(Syntax.skipSpaces(header, valueEnd, to), to)
                ? PercentCoding.decode(header, valueStart, valueEnd)
                : null;
        keep(header.substring(from, keyEnd), value, from, to);
    }

    /** Whether the rest of a member is nothing, or properties each behind a semicolon. */
    private boolean areProperties(int restStart, int to) {
        int at = restStart;
        while (at < to) {
            int key = header.charAt(at) == ';' ? Syntax.skipSpaces(header, at + 1, to) : to;
            int keyEnd = Syntax.tokenEnd(header, key, to);
            if (keyEnd == key) {
                return false;
            }
            at = Syntax.skipSpaces(header, keyEnd, to);
            if (at < to && header.charAt(at) == '=') {
                int value = Syntax.skipSpaces(header, at + 1, to);
                at = Syntax.skipSpaces(header, Syntax.valueEnd(header, value, to), to);
            }
        }
        return true;
    }

    private void keep(String key, @Nullable String value, int from, int to) {
        boolean isNew = !members.containsKey(key);
        if (value == null || (isNew && members.size() == Baggage.MAX_ENTRIES)) {
            leftOut.run();
            return;
        }
        // A tab is allowed between the parts, but no control character goes out again.
        String text = header.substring(from, to).replace('\t', ' ');
        Member before = members.put(key, new Member(value, text));
        bytes += text.length();
        if (before != null) {
            // The last one of a key counts.
            bytes -= before.text().length();
            leftOut.run();
        } else if (members.size() > 1) {
            bytes++;
        }
    }
}
