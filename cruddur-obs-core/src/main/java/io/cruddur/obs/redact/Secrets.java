package io.cruddur.obs.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Finds secrets by their form or by their name and puts {@link Redactor#MARK} in their place: keys of AWS, tokens of
 * well-known services, JSON web tokens, bearer tokens, private keys, card numbers, passwords in URLs, and the values of
 * names that say so, in {@code name=value}, {@code name: value}, JSON and JSON in JSON.
 *
 * <p>Each kind is looked for by itself, in the whole of the text as it came; what was found is taken out together. So
 * none hides another, and the order does not count. Thread-safe.
 */
public final class Secrets implements Redactor {
    /** No form that begins with a word of its own is shorter. */
    private static final int SHORTEST_WITH_WORD = 15;

    private final SensitiveNames names;
    private final Detector[] detectors;
    private final int[] needs;

    private final boolean extended;
    private final LongAdder redactions = new LongAdder();

    /** Those that are known here. */
    public Secrets() {
        this(List.of(), List.of());
    }

    /**
     * More than those.
     *
     * @param patterns in RE2's syntax; what its first group matches is taken out, or the whole if it has none
     * @param sensitiveNames names of secrets; case and {@code _-.} do not count, and names that end so are meant too
     * @throws IllegalArgumentException naming the pattern or name that cannot be used, and why
     */
    public Secrets(List<String> patterns, List<String> sensitiveNames) {
        this.names = new SensitiveNames(sensitiveNames);
        var all = new ArrayList<Detector>(List.of(
                new NamedValues(names),
                new EncodedValues(names),
                new UrlPasswords(),
                new Tokens(),
                new CardNumbers(),
                new PrivateKeys(),
                BearerTokens.inSmallLetters(),
                BearerTokens.inCapitals()));
        patterns.forEach(pattern -> all.add(new CustomPattern(pattern)));
        this.detectors = all.toArray(new Detector[0]);
        this.needs = all.stream().mapToInt(Detector::needs).toArray();
        this.extended = !patterns.isEmpty();
    }

    @Override
    public boolean isSensitive(String name) {
        return names.match(name);
    }

    @Override
    public long redactions() {
        return redactions.sum();
    }

    @Override
    public String takeOut(Object captured) {
        if (captured.equals("") || captured.equals(MARK)) {
            return captured.toString();
        }
        redactions.increment();
        return MARK;
    }

    @Override
    public String redact(String text) {
        int suspicion = Suspicion.of(text);
        if ((suspicion & Suspicion.ANY) == 0 && text.length() < SHORTEST_WITH_WORD && !extended) {
            return text;
        }
        long[] found = null;
        for (int i = 0; i < detectors.length; i++) {
            if ((suspicion & needs[i]) != 0) {
                long first = detectors[i].find(text, 0);
                if (first != Range.NONE) {
                    found = found == null ? none() : found;
                    found[i] = first;
                }
            }
        }
        return found == null ? text : without(text, found);
    }

    private long[] none() {
        long[] found = new long[detectors.length];
        Arrays.fill(found, Range.NONE);
        return found;
    }

    /** Takes out what was found, and all that comes after it. */
    private String without(String text, long[] found) {
        var safe = new StringBuilder(text.length());
        int copied = 0;
        for (int i = earliest(found); i >= 0; i = earliest(found)) {
            int start = Range.start(found[i]);
            safe.append(text, copied, start).append(MARK);
            copied = endOfAll(text, found, i);
            redactions.increment();
        }
        return safe.append(text, copied, text.length()).toString();
    }

    private static int earliest(long[] found) {
        int earliest = -1;
        for (int i = 0; i < found.length; i++) {
            if (found[i] != Range.NONE && (earliest < 0 || found[i] < found[earliest])) {
                earliest = i;
            }
        }
        return earliest;
    }

    /** Where the secret ends, with those that overlap it; the detectors go on behind their own. */
    private int endOfAll(String text, long[] found, int first) {
        int end = 0;
        int i = first;
        do {
            end = Math.max(end, Range.end(found[i]));
            found[i] = detectors[i].find(text, Range.end(found[i]));
            i = earliest(found);
        } while (i >= 0 && Range.start(found[i]) < end);
        return end;
    }
}
