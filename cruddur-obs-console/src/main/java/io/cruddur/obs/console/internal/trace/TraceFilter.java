package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Problem;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the trace list: terms between blanks, all of which must fit. {@code service=backend-flask},
 * {@code status=404}, {@code status=5xx}, {@code fault}, {@code error}, {@code throttle}; any other word, and whatever
 * is in double quotes, is looked for in name, path, service and id.
 */
final class TraceFilter {

    private static final String HINT =
            "Use service=NAME, status=404 or status=5xx, fault, error, throttle, or text (in double quotes if it has a"
                    + " blank or =).";

    private static final Pattern TERM = Pattern.compile("\"([^\"]*)\"|(\\w+)=(?:\"([^\"]*)\"|(\\S*))|(\\S+)");
    private static final Pattern STATUS = Pattern.compile("[1-5](\\d\\d|xx)", Pattern.CASE_INSENSITIVE);
    private static final int MAX_LENGTH = 500;

    private TraceFilter() {}

    /** @throws Problem if it cannot be understood */
    static Predicate<TraceRow> parse(@Nullable String filter) {
        Predicate<TraceRow> all = row -> true;
        if (filter == null) return all;
        if (filter.length() > MAX_LENGTH) throw Problem.badRequest("The filter is too long.", HINT);
        Matcher term = TERM.matcher(filter);
        while (term.find()) all = all.and(term(term));
        return all;
    }

    private static Predicate<TraceRow> term(Matcher term) {
        if (term.group(1) != null) return text(term.group(1));
        if (term.group(2) != null) {
            String value = term.group(3) != null ? term.group(3) : term.group(4);
            return keyed(term.group(2), value);
        }
        return switch (term.group(5)) {
            case "fault" -> TraceRow::fault;
            case "error" -> TraceRow::error;
            case "throttle" -> TraceRow::throttle;
            default -> text(term.group(5));
        };
    }

    private static Predicate<TraceRow> keyed(String key, String value) {
        return switch (key) {
            case "service" -> row -> value.equals(row.service());
            case "status" -> status(value);
            default -> throw Problem.badRequest("The filter does not know " + key + "=.", HINT);
        };
    }

    private static Predicate<TraceRow> status(String value) {
        if (!STATUS.matcher(value).matches()) {
            throw Problem.badRequest("The filter's status is not an HTTP status.", HINT);
        }
        String start = value.toLowerCase(Locale.ROOT).replace("xx", "");
        return row -> row.status() != null && row.status().toString().startsWith(start);
    }

    private static Predicate<TraceRow> text(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return row -> has(row.name(), wanted)
                || has(row.path(), wanted)
                || has(row.service(), wanted)
                || has(row.id(), wanted)
                || TraceId.w3c(row.id()).contains(wanted);
    }

    private static boolean has(@Nullable String value, String wanted) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
