package io.cruddur.backend.support;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What became of a sink's records, read from the line that the application ends with. */
public record Law(long accepted, long delivered, long pending, long lost, String line) {

    /** Reads {@code xray: accepted 7 = delivered 5 + pending 0 + lost 2 {unreachable=2}}. */
    public static Law of(String sink, String line) {
        Matcher law = Pattern.compile(
                        Pattern.quote(sink) + ": accepted (\\d+) = delivered (\\d+) \\+ pending (\\d+) \\+ lost (\\d+)")
                .matcher(line);
        if (!law.find()) {
            throw new AssertionError("no law of " + sink + " in: " + line);
        }
        return new Law(
                Long.parseLong(law.group(1)),
                Long.parseLong(law.group(2)),
                Long.parseLong(law.group(3)),
                Long.parseLong(law.group(4)),
                line);
    }

    public boolean balances() {
        return accepted == delivered + pending + lost;
    }
}
