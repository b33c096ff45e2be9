package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Problem;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the trace list: terms between blanks, all of which must fit; with {@code -} in front a term must not.
 *
 * <ul>
 *   <li>{@code service=NAME}: one of the services that took part; {@code calls=NAME}: what one of them called
 *   <li>{@code status=404}, {@code status=5xx}, {@code method=GET}, {@code fault}, {@code error}, {@code throttle}, of
 *       the root
 *   <li>{@code duration>250ms}, {@code duration<=1.5s}; without a unit in milliseconds
 *   <li>{@code annotation.KEY=VALUE}, or {@code >}, {@code >=}, {@code <}, {@code <=} for numbers, of any span
 *   <li>any other word, and whatever is in double quotes, is looked for in name, path, service and id
 * </ul>
 *
 * <p>In double quotes {@code \"} is a quote and {@code \\} a backslash.
 */
final class TraceFilter {

    private static final String HINT = "Use service=NAME, calls=NAME, status=404 or status=5xx, method=GET,"
            + " duration>250ms, annotation.KEY=VALUE, fault, error, throttle, -TERM to leave out, or text (in double"
            + " quotes if it has a blank or =).";

    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern TERM = Pattern.compile(
            "(-)?(?:" + QUOTED + "|(annotation\\.[^\\s=<>\"]+|\\w+)(=|[<>]=?)(?:" + QUOTED + "|(\\S*))|(\\S+))");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");
    private static final Pattern STATUS = Pattern.compile("[1-5](\\d\\d|xx)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(us|µs|ms|s|m)?");
    private static final String ANNOTATION = "annotation.";
    private static final int MAX_LENGTH = 500;

    private TraceFilter() {}

    /** @throws Problem if it cannot be understood */
    static Predicate<Trace> parse(@Nullable String filter) {
        Predicate<Trace> all = trace -> true;
        if (filter == null) return all;
        if (filter.length() > MAX_LENGTH) throw Problem.badRequest("The filter is too long.", HINT);
        Matcher term = TERM.matcher(filter);
        while (term.find()) {
            Predicate<Trace> wanted = term(term);
            all = all.and(term.group(1) == null ? wanted : wanted.negate());
        }
        return all;
    }

    private static Predicate<Trace> term(Matcher term) {
        if (term.group(2) != null) return text(unescaped(term.group(2)));
        if (term.group(3) != null) {
            String value = term.group(5) != null ? unescaped(term.group(5)) : term.group(6);
            return compared(term.group(3), term.group(4), value);
        }
        return switch (term.group(7)) {
            case "fault" -> ofRow(TraceRow::fault);
            case "error" -> ofRow(TraceRow::error);
            case "throttle" -> ofRow(TraceRow::throttle);
            default -> text(term.group(7));
        };
    }

    private static String unescaped(String quoted) {
        return ESCAPED.matcher(quoted).replaceAll("$1");
    }

    private static Predicate<Trace> compared(String key, String sign, String value) {
        if (key.startsWith(ANNOTATION)) return annotation(key.substring(ANNOTATION.length()), sign, value);
        if (key.equals("duration")) return duration(sign, value);
        if (!sign.equals("=")) {
            throw Problem.badRequest("The filter cannot compare " + key + " by " + sign + ".", HINT);
        }
        return switch (key) {
            case "service" -> trace -> trace.hasService(value);
            case "calls" -> trace -> trace.calls(value);
            case "method" -> ofRow(row -> value.equalsIgnoreCase(row.method()));
            case "status" -> status(value);
            default -> throw Problem.badRequest("The filter does not know " + key + "=.", HINT);
        };
    }

    private static Predicate<Trace> annotation(String key, String sign, String value) {
        if (sign.equals("=")) {
            return trace -> trace.hasAnnotation(
                    one -> one.key().equals(key) && one.text().equals(value));
        }
        double bound = number(value);
        return trace -> trace.hasAnnotation(one -> one.key().equals(key) && Comparison.fits(one.number(), sign, bound));
    }

    private static Predicate<Trace> duration(String sign, String value) {
        Matcher duration = DURATION.matcher(value);
        if (!duration.matches()) {
            throw Problem.badRequest("The filter's duration is none.", "Use duration>250ms, with us, ms, s or m.");
        }
        double unit = switch (duration.group(2) == null ? "ms" : duration.group(2)) {
            case "us", "µs" -> 0.001;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 1;
        };
        double bound = Double.parseDouble(duration.group(1)) * unit;
        return ofRow(row -> row.durationMs() != null && Comparison.fits(row.durationMs(), sign, bound));
    }

    private static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException notANumber) {
            throw Problem.badRequest("The filter compares with what is no number.", HINT);
        }
    }

    private static Predicate<Trace> status(String value) {
        if (!STATUS.matcher(value).matches()) {
            throw Problem.badRequest("The filter's status is not an HTTP status.", HINT);
        }
        String start = value.toLowerCase(Locale.ROOT).replace("xx", "");
        return ofRow(row -> row.status() != null && row.status().toString().startsWith(start));
    }

    private static Predicate<Trace> text(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return ofRow(row -> has(row.name(), wanted)
                || has(row.path(), wanted)
                || has(row.service(), wanted)
                || has(row.id(), wanted)
                || TraceId.w3c(row.id()).contains(wanted));
    }

    private static Predicate<Trace> ofRow(Predicate<TraceRow> wanted) {
        return trace -> wanted.test(trace.row());
    }

    private static boolean has(@Nullable String value, String wanted) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
