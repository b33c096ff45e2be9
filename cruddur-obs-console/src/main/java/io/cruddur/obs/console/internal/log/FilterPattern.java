package io.cruddur.obs.console.internal.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter pattern of CloudWatch Logs, as far as it is a list of words or quoted phrases: all must occur, those with
 * {@code -} in front must not, and of those with {@code ?} in front any will do. As the service documents it, terms with
 * {@code ?} count for nothing beside others.
 */
final class FilterPattern {

    private static final Pattern TERM = Pattern.compile("([-?])?(?:\"([^\"]*)\"|(\\S+))");

    private FilterPattern() {}

    static Predicate<LogLine> parse(@Nullable String pattern) {
        if (pattern == null) return line -> true;
        if (pattern.strip().matches("(?s)[{\\[%].*")) {
            throw ServiceError.invalidParameter("Invalid filter pattern: the console knows words and quoted phrases"
                    + " only, each of them alone or behind - or ?.");
        }
        List<String> all = new ArrayList<>();
        List<String> none = new ArrayList<>();
        List<String> any = new ArrayList<>();
        Matcher term = TERM.matcher(pattern);
        while (term.find()) {
            String wanted = term.group(2) != null ? term.group(2) : term.group(3);
            String sign = term.group(1);
            (sign == null ? all : sign.equals("-") ? none : any).add(wanted);
        }
        boolean anyCounts = all.isEmpty() && none.isEmpty() && !any.isEmpty();
        return line -> {
            String text = line.text();
            return all.stream().allMatch(text::contains)
                    && none.stream().noneMatch(text::contains)
                    && (!anyCounts || any.stream().anyMatch(text::contains));
        };
    }
}
