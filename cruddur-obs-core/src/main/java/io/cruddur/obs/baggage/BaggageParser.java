package io.cruddur.obs.baggage;

import io.cruddur.obs.baggage.Baggage.Member;
import java.util.ArrayList;
import java.util.List;

/** Reads the header member by member. Time and memory are bounded by the limits, whatever is sent. */
final class BaggageParser {
    private final String header;
    private final Runnable leftOut;
    private final List<Member> members = new ArrayList<>(4);
    private int bytes;

    private BaggageParser(String header, Runnable leftOut) {
        this.header = header;
        this.leftOut = leftOut;
    }

    static Baggage parse(String header, Runnable leftOut) {
        String bounded = header;
        if (header.length() > Baggage.MAX_BYTES) {
            // Up to the last member that is whole within the limit; what is behind it is not even looked at.
            bounded = header.substring(0, Math.max(0, header.lastIndexOf(',', Baggage.MAX_BYTES)));
            leftOut.run();
        }
        var parser = new BaggageParser(bounded, leftOut);
        parser.readAll();
        return parser.members.isEmpty() ? Baggage.EMPTY : new Baggage(parser.members, parser.bytes);
    }

    private void readAll() {
        int end = header.length();
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
        if (members.size() == Baggage.MAX_ENTRIES || !areProperties(Syntax.skipSpaces(header, valueEnd, to), to)) {
            leftOut.run();
            return;
        }
        String value = PercentCoding.decode(header, valueStart, valueEnd);
        if (value == null) {
            leftOut.run();
            return;
        }
        keep(new Member(header.substring(from, keyEnd), value, header, from, to));
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

    private void keep(Member member) {
        int before = Baggage.indexOf(members, member.key());
        if (before < 0) {
            bytes += member.bytes() + (members.isEmpty() ? 0 : 1);
            members.add(member);
        } else {
            // The last one of a key counts.
            bytes += member.bytes() - members.get(before).bytes();
            members.set(before, member);
            leftOut.run();
        }
    }
}
