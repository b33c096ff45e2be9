package io.cruddur.obs.cloudwatch;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log group, as it is created when it is missing. Immutable.
 *
 * @param name its name: 1 to 512 letters, digits and {@code _ - / . #}, not beginning with {@code aws/}
 * @param retentionDays how long it keeps events; also set where the group was there before. Null leaves that as it is,
 *     which is for ever in a new group
 * @param logClass its class
 * @param tags its tags, at most 50
 */
public record LogGroup(String name, @Nullable Integer retentionDays, LogClass logClass, Map<String, String> tags) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\-/.#]{1,512}");
    private static final TreeSet<Integer> DAYS = new TreeSet<>(List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653));
    private static final int MOST_TAGS = 50;
    private static final Pattern TAG_KEY = Pattern.compile("(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    /**
     * Checks it against the service's rules.
     *
     * @throws IllegalArgumentException naming the rule that is broken
     */
    public LogGroup {
        if (!NAME.matcher(name).matches() || name.startsWith("aws/")) {
            throw new IllegalArgumentException("The log group '" + name
                    + "' is not valid: 1 to 512 letters, digits and _ - / . #, not beginning with aws/.");
        }
        if (retentionDays != null && !DAYS.contains(retentionDays)) {
            throw new IllegalArgumentException("A log group cannot keep events for " + retentionDays
                    + " days. Valid are " + DAYS.toString().replaceAll("[\\[\\]]", "") + ".");
        }
        tags = Map.copyOf(tags);
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException("A log group has at most " + MOST_TAGS + " tags, not " + tags.size());
        }
        tags.forEach(LogGroup::checkTag);
    }

    /** A group of which only the name matters. */
    public static LogGroup named(String name) {
        return new LogGroup(name, null, LogClass.STANDARD, Map.of());
    }

    private static void checkTag(String key, String value) {
        if (!TAG_KEY.matcher(key).matches() || !TAG_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The tag '" + key + "' of a log group is not valid: a key of 1 to 128 and "
                            + "a value of up to 256 letters, digits, spaces and _ . : / = + - @, the key not beginning with "
                            + "aws:.");
        }
    }
}
