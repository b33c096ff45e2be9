package io.cruddur.obs.console.internal.log;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A filter pattern of CloudWatch Logs, as far as it is a list of words or quoted phrases: all must occur. */
final class FilterPattern {

    private static final Pattern TERM = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private FilterPattern() {}

    static Predicate<LogLine> parse(@Nullable String pattern) {
        Predicate<LogLine> all = line -> true;
        if (pattern == null) return all;
        if (pattern.strip().matches("(?s)[{\\[?%-].*")) {
            throw ServiceError.invalidParameter(
                    "Invalid filter pattern: the console knows words and quoted phrases only.");
        }
        Matcher term = TERM.matcher(pattern);
        while (term.find()) {
            String wanted = term.group(1) != null ? term.group(1) : term.group(2);
            all = all.and(line -> line.text().contains(wanted));
        }
        return all;
    }
}
