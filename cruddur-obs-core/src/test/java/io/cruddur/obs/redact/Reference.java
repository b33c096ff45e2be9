package io.cruddur.obs.redact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a secret is, said once more: in regular expressions, slowly, and with nothing of the real thing. */
final class Reference {
    private static final String WORD = "(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]))";
    private static final Pattern TOKENS = Pattern.compile(WORD
            + "((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])"
            + "|AIza[\\w-]{35,}"
            + "|eyJ[\\w-]{13,}\\.[\\w-]{4,}(?:\\.[\\w-]+){0,3}"
            + "|gh[pousr]_[A-Za-z0-9]{36,}"
            + "|github_pat_\\w{22,}"
            + "|glpat-[\\w-]{20,}"
            + "|npm_[A-Za-z0-9]{36,}"
            + "|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"
            + "|xox[abeprs]-[A-Za-z0-9-]{11,})");
    private static final Pattern BEARER = Pattern.compile(WORD + "[Bb]earer (?=[\\w.~+/=-]*[0-9])([\\w.~+/=-]{8,})");
    private static final Pattern KEY = Pattern.compile("-----BEGIN [\\s\\S]{0,20}?PRIVATE KEY(?: BLOCK)?-----"
            + "(?!\\[redacted]|-----END)([\\s\\S]+?)(?=-----END|\\z)");
    private static final Pattern URL = Pattern.compile("://[^\\x00- /?#\"'<>:@]*:([^\\x00- /?#\"'<>]+)@");

    private static final Pattern CARD_START = Pattern.compile("(?<![._])" + WORD + "\\d");
    private static final List<Pattern> CARDS = List.of(
            Pattern.compile("\\d{13,19}(?!\\w)"),
            Pattern.compile("\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{1,4}(?!\\w)"),
            Pattern.compile("\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}\\1\\d{1,3}(?!\\w)"),
            Pattern.compile("\\d{4}([ -])\\d{6}\\1\\d{4,5}(?!\\w)"));
    private static final Pattern ISSUED = Pattern.compile("4\\d{12}(?:\\d{3}){0,2}|5[1-5]\\d{14}|2[2-7]\\d{14}"
            + "|3[47]\\d{13}|35\\d{14,17}|3[0-3689]\\d{12}|6\\d{15,18}");

    private static final Pattern NAME = Pattern.compile("(?<![\\w.-])([\\w.-]+)(?:\\\\{0,8}[\"'`])?[ \\t]{0,4}\\z");
    private static final Pattern ENDING = Pattern.compile(
            "[a-z0-9]*(?:password|passwd|passphrase|pwd|secret|token|jwt|apikey|accesskey|accesskeyid|accountkey"
                    + "|privatekey|secretkey|signature|amzcredential|authorization|cookie)|sig");
    private static final Pattern IN_QUERY = Pattern.compile("[?&][_.-]*(?i:c[_.-]*o[_.-]*d[_.-]*e)[_.-]*\\z");
    private static final String START = "[=>]?+[ \\t]{0,4}+(?!\\[redacted]|\\{)[\\[(<]?+";
    private static final Pattern OPENING = Pattern.compile(START + "(\\\\{0,8})([\"'`])");
    private static final Pattern BEFORE_BARE = Pattern.compile(START);
    private static final Pattern SCHEME = Pattern.compile("(?:(?i:Bearer|Basic|Token) [ \\t]{0,4}+)?");
    private static final Pattern LINE = Pattern.compile("[^\\r\\n]*");
    private static final Pattern BARE = Pattern.compile(
            "(?:(?![\\x00- &<>\"'`]|\\\\[\\\\\"'`]" + "|[,;)\\]}](?:[\\x00- &<>\"'`,;)\\]}]|\\z))[\\s\\S])*");
    private static final Pattern NOTHING =
            Pattern.compile("(?i)|null|none|nil|undefined|true|false|\\*+|\\?(?:[\\x00- ,;)][\\s\\S]*)?");

    private record Part(int start, int end) {}

    private final String text;
    private final List<Part> parts = new ArrayList<>();

    private Reference(String text) {
        this.text = text;
    }

    static String redact(String text) {
        var reference = new Reference(text);
        reference.all(TOKENS);
        reference.all(BEARER);
        reference.all(KEY);
        reference.all(URL);
        reference.cards();
        reference.named();
        return reference.without();
    }

    private String without() {
        parts.sort(Comparator.comparingInt(Part::start));
        var safe = new StringBuilder();
        int end = 0;
        for (Part part : parts) {
            if (part.start >= end) {
                safe.append(text.substring(end, part.start)).append(Redactor.MARK);
            }
            end = Math.max(end, part.end);
        }
        return safe.append(text.substring(end)).toString();
    }

    private void all(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        for (int from = 0; from <= text.length() && matcher.find(from); from = matcher.end()) {
            if (!matcher.group(1).equals(Redactor.MARK)) {
                parts.add(new Part(matcher.start(1), matcher.end(1)));
            }
        }
    }

    private void cards() {
        Matcher start = CARD_START.matcher(text);
        int from = 0;
        while (start.find(from)) {
            int begin = start.end() - 1;
            int end = CARDS.stream()
                    .map(form -> form.matcher(text).region(begin, text.length()).useTransparentBounds(true))
                    .filter(Matcher::lookingAt)
                    .filter(form -> isCard(form.group().replaceAll("\\D", "")))
                    .mapToInt(Matcher::end)
                    .max()
                    .orElse(begin + 1);
            if (end > begin + 1) {
                parts.add(new Part(begin, end));
            }
            from = end;
        }
    }

    private static boolean isCard(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0 && ISSUED.matcher(digits).matches();
    }

    private void named() {
        for (int i = 0; i < text.length(); i++) {
            Matcher name = NAME.matcher(text.substring(0, i));
            if (Set.of('=', ':').contains(text.charAt(i)) && name.find()) {
                String plain = name.group(1).toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
                boolean inQuery = text.charAt(i) == '='
                        && IN_QUERY.matcher(text.substring(0, i)).find();
                if (inQuery || ENDING.matcher(plain).matches()) {
                    Part part = value(i + 1, plain.endsWith("authorization"), plain.endsWith("cookie"));
                    if (part != null) {
                        parts.add(part);
                        i = part.end - 1;
                    }
                }
            }
        }
    }

    private @Nullable Part value(int from, boolean authorization, boolean cookie) {
        Matcher opening = at(OPENING, from);
        if (opening.lookingAt()) {
            int start = authorization ? endOf(SCHEME, opening.end()) : opening.end();
            int end = closing(start, opening.group(2), opening.group(1).length());
            return part(start, end < 0 ? endOf(LINE, start) : end);
        }
        Matcher before = at(BEFORE_BARE, from);
        if (!before.lookingAt()) {
            return null;
        }
        int start = authorization ? endOf(SCHEME, before.end()) : before.end();
        int end = endOf(cookie ? LINE : BARE, start);
        return NOTHING.matcher(text.substring(start, end)).matches() ? null : part(start, end);
    }

    private @Nullable Part part(int start, int end) {
        return end <= start || text.startsWith(Redactor.MARK, start) ? null : new Part(start, end);
    }

    private int closing(int start, String quote, int backslashes) {
        for (int i = text.indexOf(quote, start); i >= 0; i = text.indexOf(quote, i + 1)) {
            String before = text.substring(start, i);
            int slashes = before.length() - before.replaceAll("\\\\+\\z", "").length();
            if (slashes % (2 * (backslashes + 1)) == backslashes) {
                return i - backslashes;
            }
        }
        return -1;
    }

    private Matcher at(Pattern pattern, int from) {
        return pattern.matcher(text).region(from, text.length()).useTransparentBounds(true);
    }

    private int endOf(Pattern pattern, int from) {
        Matcher matcher = at(pattern, from);
        return matcher.lookingAt() ? matcher.end() : from;
    }
}
