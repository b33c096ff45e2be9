package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.http.Problem;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text filter of log lines: terms between blanks, all of which must occur; with {@code -} in front a term must not.
 * {@code key=value} fits a line with that field, or one in which it stands so; whatever is in double quotes is one term.
 * Text is looked for in the line as it came, whatever its case.
 */
final class LogFilter {

    private static final Pattern TERM =
            Pattern.compile("(-)?(?:\"([^\"]*)\"|([^\\s\"=]+)=(?:\"([^\"]*)\"|(\\S+))|(\\S+))");

    private static final int MAX_LENGTH = 500;

    private LogFilter() {}

    /** @throws Problem if it is too long */
    static Predicate<LogLine> parse(String filter) {
        if (filter.length() > MAX_LENGTH) {
            throw Problem.badRequest("The filter is too long.", "Use at most " + MAX_LENGTH + " characters.");
        }
        Predicate<LogLine> all = line -> true;
        Matcher term = TERM.matcher(filter);
        while (term.find()) {
            Predicate<LogLine> wanted = term(term);
            all = all.and(term.group(1) == null ? wanted : wanted.negate());
        }
        return all;
    }

    private static Predicate<LogLine> term(Matcher term) {
        if (term.group(2) != null) return text(term.group(2));
        if (term.group(3) == null) return text(term.group(6));
        String key = term.group(3);
        String value = term.group(4) != null ? term.group(4) : term.group(5);
        Needle valueInLine = new Needle(value);
        FieldWanted field = new FieldWanted(key, value, valueInLine);
        return line ->
                field.fits(line) || (valueInLine.isIn(line.utf8()) && new Needle(key + "=" + value).isIn(line.utf8()));
    }

    private static Predicate<LogLine> text(String text) {
        Needle needle = new Needle(text);
        return line -> needle.isIn(line.utf8()) || needle.isIn(line.group()) || needle.isIn(line.stream());
    }
}
