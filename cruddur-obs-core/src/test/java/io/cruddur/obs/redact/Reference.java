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
    private static final String WORD = "(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt])|(?<=%[0-9A-Fa-f]{2})"
            + "|(?<=\\\\u[0-9A-Fa-f]{4})|(?<=(?:\\x1b|\\\\u[0-9A-Fa-f]{4})\\[[0-9;]{0,14}m))";
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
    private static final Pattern BEARER = Pattern.compile(
            WORD + "(?:[Bb]earer|BEARER)(?:[ \\t]{1,4}+|%20|\\+)(?=[\\w.~+/=-]*[0-9])([\\w.~+/=-]{8,})");
    private static final Pattern KEY = Pattern.compile("-----BEGIN [\\s\\S]{0,20}?PRIVATE KEY(?: BLOCK)?-----"
            + "(?!\\[redacted]|-----END)([\\s\\S]+?)(?=-----END|\\z)");
    private static final Pattern URL = Pattern.compile("://[^\\x00- /?#\"'<>:@]*:([^\\x00- /?#\"'<>]+)@");

    private static final Pattern URL_WITH_SLASH = Pattern.compile("://(?!\\[)[^\\x00- /?#\"'<>:@]*:(?!\\d*+[/?#])"
            + "([^\\x00- /?#\"'<>@]+(?!(?<=:)//)[/?#](?:(?!://)[^\\x00- \"'<>])*)@");

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
                    + "|privatekey|secretkey|signature|amzcredential|sessionid"
                    + "|authorization|cookie)\\d*|sig\\d*"
                    + "|[a-z0-9]*(?:password|passwd|passphrase|pwd|secret|token|jwt|apikey|accesskey|accesskeyid"
                    + "|accountkey|privatekey|secretkey|signature|amzcredential|sessionid)value\\d*");
    private static final Pattern PLURAL = Pattern.compile(
            "[a-z0-9]*(?:(?:password|passphrase|secret|apikey|accesskey" + "|privatekey|secretkey)s|credentials)\\d*");
    private static final Pattern IN_QUERY = Pattern.compile("[?&][_.-]*(?i:c[_.-]*o[_.-]*d[_.-]*e)[\\d_.-]*\\z");
    private static final String OBJECT = "\\{(?:\\z|[\\x00- \"'`\\\\}]|[\\w.-]++[ \\t]{0,4}+(?:[=:]|\\z))";
    private static final String BEGINNING =
            "[=>]?+[ \\t]{0,4}+(?:\\x1b\\[[0-9;]{0,14}m)?+(?!\\[redacted]|" + OBJECT + ")";
    private static final String START = BEGINNING + "[\\[(<]?+";
    private static final Pattern LIST = Pattern.compile(BEGINNING + "\\[([^]\\r\\n]*)");
    private static final Pattern ENCODED =
            Pattern.compile("(?<![\\w.-])([\\w.-]+)(?:%22)?%3[DdAa](?:%20|\\+)*+(?:(%22)|(?!%22))(?!\\[redacted])");
    private static final Pattern TO_QUOTE = Pattern.compile("(?:(?!%22)[^\\x00- &<>\"'`])*");
    private static final Pattern TO_AMPERSAND = Pattern.compile("(?:(?!%26)[^\\x00- &<>\"'`])*");
    private static final Pattern NO_QUOTE = Pattern.compile("[^\\r\\n\"'`]*");
    private static final Pattern BACKSLASHES = Pattern.compile("\\\\*\\z");
    private static final Pattern OPENING = Pattern.compile(START + "(\\\\{0,8})([\"'`])");
    private static final Pattern BEFORE_BARE = Pattern.compile(START);
    private static final Pattern SCHEME = Pattern.compile("(?:(?i:Bearer|Basic|Token) [ \\t]{0,4}+)?");
    private static final Pattern LINE = Pattern.compile("[^\\r\\n]*");
    private static final Pattern BARE = Pattern.compile(
            "(?:(?![\\x00- &<>\"'`]|\\\\[\\\\\"'`]" + "|[,;)\\]}](?:[\\x00- &<>\"'`,;)\\]}]|\\z))[\\s\\S])*");
    private static final Pattern NOTHING = Pattern.compile(
            "(?i)|null|none|nil|undefined|true|false|\\*+" + "|\\?(?:(?:[\\x00- ,;)]|[A-Za-z0-9_-]+=)[\\s\\S]*)?");

    private static final Pattern NOTHING_AT_ALL = Pattern.compile("(?i)|null|none|nil|undefined|true|false|\\*+");

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
        reference.all(URL_WITH_SLASH);
        reference.cards();
        reference.named();
        reference.encoded();
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
                boolean plural = PLURAL.matcher(plain).matches();
                if (inQuery || plural || ENDING.matcher(plain).matches()) {
                    String kind = plain.replaceAll("\\d+\\z", "");
                    Part part = plural
                            ? several(i + 1)
                            : value(i + 1, kind.endsWith("authorization"), kind.endsWith("cookie"));
                    if (part != null) {
                        parts.add(part);
                        i = part.end - 1;
                    }
                }
            }
        }
    }

    private void encoded() {
        Matcher name = ENCODED.matcher(text);
        for (int from = 0; from <= text.length() && name.find(from); ) {
            String plain = name.group(1).toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
            int end = endOf(name.group(2) == null ? TO_AMPERSAND : TO_QUOTE, name.end());
            boolean secret = end > name.end()
                    && (PLURAL.matcher(plain).matches() || ENDING.matcher(plain).matches())
                    && !text.substring(name.end(), end).matches("(?i)null|none|nil|undefined|true|false|\\*+");
            if (secret) {
                parts.add(new Part(name.end(), end));
            }
            from = secret ? end : name.end(1);
        }
    }

    private @Nullable Part several(int from) {
        Matcher list = at(LIST, from);
        if (list.lookingAt()) {
            return part(list.start(1), list.end(1));
        }
        Part part = value(from, false, false);
        boolean quoted = at(OPENING, from).lookingAt();
        return part != null && !quoted && text.substring(part.start, part.end).matches("\\d+") ? null : part;
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
        if (authorization && !NOTHING_AT_ALL.matcher(text.substring(start, end)).matches() && end < text.length()) {
            boolean scheme = start == before.end() && Set.of(' ', '\t').contains(text.charAt(end));
            end = scheme || text.charAt(end - 1) == '=' ? parameters(start) : end;
        }
        return NOTHING.matcher(text.substring(start, end)).matches() ? null : part(start, end);
    }

    private int parameters(int start) {
        int at = endOf(NO_QUOTE, start);
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            Matcher before = BACKSLASHES.matcher(text.substring(start, at));
            int slashes = before.find() ? before.end() - before.start() : 0;
            int opening = at - slashes;
            if (opening == start || text.charAt(opening - 1) != '=' || slashes > 8) {
                return opening;
            }
            int closing = closing(at + 1, text.substring(at, at + 1), slashes);
            if (closing < 0) {
                return endOf(LINE, at);
            }
            at = endOf(NO_QUOTE, closing + slashes + 1);
        }
        return at;
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
