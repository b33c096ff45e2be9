package io.cruddur.obs.cloudwatch;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a log stream, which may hold the date. Immutable. */
public final class StreamName {
    private static final Pattern VALID = Pattern.compile("[^:*]{1,512}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final String DATE = "date";
    private static final String DATE_MARK = "{date}";
    /** The most that a host's name has. A value comes from where a program runs and must not make the name too long. */
    private static final int LONGEST_VALUE = 255;

    private final String name;
    private final boolean dated;

    private StreamName(String name) {
        this.name = name;
        this.dated = name.contains(DATE_MARK);
    }

    /**
     * Reads a template such as <code>{host}/{date}</code>.
     *
     * @param template text with placeholders in braces; {@code date} is the day in UTC, as {@code 2026-11-23}
     * @param values what to put in for the others; characters that a name may not have become {@code _}
     * @throws IllegalArgumentException naming the placeholder that is unknown, or the rule that is broken
     */
    public static StreamName of(String template, Map<String, String> values) {
        var name = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        while (placeholder.find()) {
            placeholder.appendReplacement(
                    name, Matcher.quoteReplacement(value(template, placeholder.group(1), values)));
        }
        var stream = new StreamName(placeholder.appendTail(name).toString());
        String example = stream.at(0);
        if (!VALID.matcher(example).matches()) {
            throw new IllegalArgumentException("The log stream '" + template + "' is not valid: 1 to 512 characters "
                    + "without : and *. It comes to '" + example + "', which has " + example.length() + ".");
        }
        return stream;
    }

    private static String value(String template, String key, Map<String, String> values) {
        if (key.equals(DATE)) {
            return DATE_MARK;
        }
        String value = values.get(key);
        if (value == null) {
            var valid = new TreeSet<>(values.keySet());
            valid.add(DATE);
            throw new IllegalArgumentException("The log stream '" + template + "' has the unknown placeholder {" + key
                    + "}. Valid are {" + String.join("}, {", valid) + "}.");
        }
        // Braces too: a host that is named {date} must not become one.
        String clean = value.replaceAll("[:*{}\\s\\p{Cntrl}]", "_");
        return clean.length() <= LONGEST_VALUE ? clean : clean.substring(0, LONGEST_VALUE);
    }

    /** The name at a time in epoch milliseconds. */
    String at(long epochMillis) {
        if (!dated) {
            return name;
        }
        long day = Math.floorDiv(epochMillis, TimeUnit.DAYS.toMillis(1));
        return name.replace(DATE_MARK, LocalDate.ofEpochDay(day).toString());
    }

    @Override
    public String toString() {
        return name;
    }
}
