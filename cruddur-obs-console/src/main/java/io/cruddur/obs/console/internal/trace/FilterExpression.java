package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.json.Json;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter expression of X-Ray, as far as it asks for what a trace on this page has: the marks, {@code responsetime},
 * {@code duration}, {@code http.*}, {@code name}, {@code user}, annotations, {@code service("..")} and
 * {@code edge("..", "..")}, with {@code AND}, {@code OR}, {@code NOT} and brackets. What is beyond that is refused by
 * name, never taken for something else.
 */
final class FilterExpression {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:\"([^\"]*)\"|'([^']*)'|(-?\\d+(?:\\.\\d+)?)|(!=|>=|<=|=|>|<|!|\\(|\\)|\\[|]|,|\\{|}|:|&&|\\|\\|)|([A-Za-z_][A-Za-z0-9_.]*))");

    private static final Set<String> COMPARISONS = Set.of("=", "!=", ">", ">=", "<", "<=");
    private static final Set<String> WORDS = Set.of("contains", "beginswith", "endswith");

    /** Brackets and NOTs within each other: no more than a person can read. */
    private static final int MAX_DEPTH = 50;

    /** Of terms beside each other: each is a call within the next when it is asked. A group's expression has as many. */
    private static final int MAX_LENGTH = 2_000;

    private enum Kind {
        TEXT,
        NUMBER,
        SIGN,
        WORD,
        END
    }

    private record Token(Kind kind, String text) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    private final Matcher matcher;
    private Token next = new Token(Kind.END, "");
    private int depth;

    private FilterExpression(String text) {
        matcher = TOKEN.matcher(text);
        advance();
    }

    /** @throws Problem in words for whoever wrote it */
    static Predicate<Trace> parse(@Nullable String text) {
        if (text == null || text.isBlank()) return trace -> true;
        if (text.length() > MAX_LENGTH) throw invalid("it has more than " + MAX_LENGTH + " characters");
        FilterExpression expression = new FilterExpression(text.strip());
        Predicate<Trace> all = expression.or();
        if (expression.next.kind != Kind.END) throw invalid("unexpected " + expression.next.text);
        return all;
    }

    private Predicate<Trace> or() {
        Predicate<Trace> all = and();
        while (next.isWord("or") || next.is("||")) {
            advance();
            all = all.or(and());
        }
        return all;
    }

    private Predicate<Trace> and() {
        Predicate<Trace> all = not();
        while (next.isWord("and") || next.is("&&")) {
            advance();
            all = all.and(not());
        }
        return all;
    }

    private Predicate<Trace> not() {
        if (++depth > MAX_DEPTH) throw invalid("it is nested too deep");
        try {
            if (next.isWord("not") || next.is("!")) {
                advance();
                return not().negate();
            }
            if (!next.is("(")) return term();
            advance();
            Predicate<Trace> inner = or();
            expect(")");
            return inner;
        } finally {
            depth--;
        }
    }

    private Predicate<Trace> term() {
        if (next.kind != Kind.WORD) throw invalid("a keyword is expected");
        String keyword = take();
        if (keyword.toLowerCase(Locale.ROOT).startsWith("annotation")) return annotation(keyword);
        return switch (keyword.toLowerCase(Locale.ROOT)) {
            case "fault" -> mark(TraceRow::fault);
            case "error" -> mark(TraceRow::error);
            case "throttle" -> mark(TraceRow::throttle);
            case "ok" -> mark(row -> !row.fault() && !row.error() && !row.throttle());
            case "partial" -> mark(TraceRow::inProgress);
            case "responsetime" -> number(trace -> seconds(trace.row().durationMs()));
            case "duration" -> number(Trace::seconds);
            case "http.status" -> number(trace -> orNaN(trace.row().status()));
            case "http.method" -> text(trace -> trace.row().method());
            case "http.url" -> text(trace -> ofRequest(trace, "url"));
            case "http.useragent" -> text(trace -> ofRequest(trace, "user_agent"));
            case "http.clientip" -> text(trace -> ofRequest(trace, "client_ip"));
            case "user" -> text(trace -> Json.text(trace.root().tree(), "user"));
            case "name" -> text(trace -> trace.row().service());
            case "service" -> service();
            case "edge" -> edge();
            default -> throw invalid("the console does not know " + keyword);
        };
    }

    private Predicate<Trace> mark(Predicate<TraceRow> mark) {
        Predicate<Trace> isSo = trace -> mark.test(trace.row());
        if (!next.is("=") && !next.is("!=")) return isSo;
        boolean same = take().equals("=");
        boolean value = next.isWord("true");
        if (!value && !next.isWord("false")) throw invalid("true or false is expected");
        advance();
        return same == value ? isSo : isSo.negate();
    }

    private Predicate<Trace> number(ToDoubleFunction<Trace> number) {
        String sign = sign();
        if (next.kind != Kind.NUMBER) throw invalid("a number is expected");
        double bound = Double.parseDouble(take());
        return trace -> Comparison.fits(number.applyAsDouble(trace), sign, bound);
    }

    private Predicate<Trace> text(Function<Trace, @Nullable String> text) {
        Predicate<@Nullable String> wanted = wantedText();
        return trace -> wanted.test(text.apply(trace));
    }

    private Predicate<@Nullable String> wantedText() {
        String sign = next.kind == Kind.WORD ? word() : sign();
        if (next.kind != Kind.TEXT) throw invalid("a text in double quotes is expected");
        checkForTexts(sign);
        String wanted = take();
        return value -> value == null ? sign.equals("!=") : matches(value, sign, wanted);
    }

    private static boolean matches(String value, String sign, String wanted) {
        return switch (sign) {
            case "=" -> value.equals(wanted);
            case "!=" -> !value.equals(wanted);
            case "contains" -> value.contains(wanted);
            case "beginswith" -> value.startsWith(wanted);
            case "endswith" -> value.endsWith(wanted);
            default -> throw new IllegalStateException("Not checked: " + sign);
        };
    }

    private static void checkForTexts(String sign) {
        if (!sign.equals("=") && !sign.equals("!=") && !WORDS.contains(sign)) {
            throw invalid("texts are not compared by " + sign);
        }
    }

    /** {@code annotation.key} or {@code annotation[key]}, compared or, alone, there at all. */
    private Predicate<Trace> annotation(String keyword) {
        String key = keyword.substring("annotation".length());
        if (key.startsWith(".")) key = key.substring(1);
        if (key.isEmpty()) {
            expect("[");
            key = take();
            expect("]");
        }
        String wantedKey = key;
        if (isEndOfTerm()) return trace -> trace.hasAnnotation(one -> one.key().equals(wantedKey));
        if (COMPARISONS.contains(next.text)) {
            String sign = sign();
            if (next.kind == Kind.NUMBER) {
                double bound = Double.parseDouble(take());
                return trace -> trace.hasAnnotation(
                        one -> one.key().equals(wantedKey) && Comparison.fits(one.number(), sign, bound));
            }
            checkForTexts(sign);
            String text = take();
            return trace -> trace.hasAnnotation(one -> one.key().equals(wantedKey) && matches(one.text(), sign, text));
        }
        Predicate<@Nullable String> wanted = wantedText();
        return trace -> trace.hasAnnotation(one -> one.key().equals(wantedKey) && wanted.test(one.text()));
    }

    private boolean isEndOfTerm() {
        return next.kind == Kind.END
                || next.is(")")
                || next.is("&&")
                || next.is("||")
                || next.isWord("and")
                || next.isWord("or");
    }

    private Predicate<Trace> service() {
        expect("(");
        String name = named();
        expect(")");
        if (next.is("{")) throw invalid("the console does not know a filter within service(..) {..}");
        return trace -> trace.hasService(name) || trace.calls(name);
    }

    private Predicate<Trace> edge() {
        expect("(");
        String from = named();
        expect(",");
        String to = named();
        expect(")");
        if (next.is("{")) throw invalid("the console does not know a filter within edge(..) {..}");
        return trace -> trace.hasService(from) && (trace.hasService(to) || trace.calls(to));
    }

    /** {@code "name"}, or {@code id(name: "name", ..)} of which the name counts. */
    private String named() {
        if (next.kind == Kind.TEXT) return take();
        if (!next.isWord("id")) throw invalid("a name in double quotes is expected");
        advance();
        expect("(");
        String name = null;
        while (!next.is(")")) {
            String key = take();
            expect(":");
            String value = take();
            if (key.equalsIgnoreCase("name")) name = value;
            if (next.is(",")) advance();
        }
        advance();
        if (name == null) throw invalid("id(..) needs a name");
        return name;
    }

    private String sign() {
        if (next.kind != Kind.SIGN || !COMPARISONS.contains(next.text)) throw invalid("a comparison is expected");
        return take();
    }

    private String word() {
        String word = next.text.toLowerCase(Locale.ROOT);
        if (!WORDS.contains(word)) throw invalid("unexpected " + next.text);
        advance();
        return word;
    }

    private void expect(String sign) {
        if (!next.is(sign)) throw invalid(sign + " is expected");
        advance();
    }

    private String take() {
        if (next.kind == Kind.END) throw invalid("it ends too early");
        String text = next.text;
        advance();
        return text;
    }

    private void advance() {
        if (matcher.regionStart() == matcher.regionEnd()) {
            next = new Token(Kind.END, "");
            return;
        }
        if (!matcher.lookingAt()) throw invalid("it cannot be read from its character " + (matcher.regionStart() + 1));
        next = token();
        matcher.region(matcher.end(), matcher.regionEnd());
    }

    private Token token() {
        Kind[] kinds = {Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.SIGN, Kind.WORD};
        for (int i = 0; i < kinds.length; i++) {
            String text = matcher.group(i + 1);
            if (text != null) return new Token(kinds[i], text);
        }
        throw new IllegalStateException("A token of no kind");
    }

    private static double seconds(@Nullable Double millis) {
        return millis == null ? Double.NaN : millis / 1e3;
    }

    private static double orNaN(@Nullable Integer number) {
        return number == null ? Double.NaN : number;
    }

    private static @Nullable String ofRequest(Trace trace, String key) {
        return Json.text(trace.root().tree().path("http").path("request"), key);
    }

    private static Problem invalid(String reason) {
        return XRayApi.invalid("Invalid filter expression: " + reason);
    }
}
