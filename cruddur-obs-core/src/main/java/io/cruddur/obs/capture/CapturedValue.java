package io.cruddur.obs.capture;

import io.cruddur.obs.redact.Cuts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a value of the application into null, strings, booleans, numbers, maps and lists, now and on the caller's
 * thread, so that later changes do not show and no lazy object is touched afterwards. Bounded: depth 16, 1,000 entries
 * a container, 10,000 in all, 64 K characters a string and 256 K in all. What is over a bound, and what throws, becomes a placeholder.
 */
public final class CapturedValue {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_TOTAL = 10_000;
    private static final int MAX_CHARS = 65_536;

    private static final int MAX_TOTAL_CHARS = 262_144;

    private int budget = MAX_TOTAL;
    private int chars = MAX_TOTAL_CHARS;

    private boolean truncated;
    private boolean replaced;

    /** What became of a value on the way. */
    public interface Changes {
        /** A text or a container was longer than is kept. */
        void truncated();

        /** Something that threw, or lay too deep, is a placeholder now. */
        void replaced();
    }

    private CapturedValue() {}

    /** Whether the value is kept as it is. */
    public static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof Boolean
                || (value instanceof String text && text.length() <= MAX_CHARS)
                || isPlainNumber(value);
    }

    /** The copy; immutable. Never throws. */
    public static @Nullable Object of(@Nullable Object value) {
        return isPlain(value) ? value : new CapturedValue().copyOf(value);
    }

    /** The same, and tells what could not be kept as it was, each once. */
    public static @Nullable Object of(@Nullable Object value, Changes changes) {
        if (isPlain(value)) {
            return value;
        }
        var capture = new CapturedValue();
        Object copy = capture.copyOf(value);
        if (capture.truncated) {
            changes.truncated();
        }
        if (capture.replaced) {
            changes.replaced();
        }
        return copy;
    }

    private @Nullable Object copyOf(@Nullable Object value) {
        try {
            return copy(value, 0);
        } catch (Throwable e) {
            return replacement(e, value);
        }
    }

    private String replacement(Throwable e, @Nullable Object value) {
        replaced = true;
        return "<" + e.getClass().getSimpleName() + " while reading "
                + (value == null ? "null" : value.getClass().getName()) + ">";
    }

    /** An estimate of the bytes that a captured value keeps alive. */
    public static int weightOf(@Nullable Object captured) {
        if (captured instanceof String text) {
            return 48 + 2 * text.length();
        }
        int weight = 16;
        if (captured instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                weight += 48 + weightOf(entry.getKey()) + weightOf(entry.getValue());
            }
        } else if (captured instanceof Collection<?> items) {
            for (Object item : items) {
                weight += 8 + weightOf(item);
            }
        }
        return weight;
    }

    /**
     * The text, or its beginning and how much is missing; never cut within a pair of surrogates, nor where a half of a
     * secret might be left that is still to be taken out.
     */
    public static String shortened(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        String mark = mark(text);
        return beginning(text, Cuts.before(text, Math.max(0, maxChars - mark.length()))) + mark;
    }

    /** The same for a text without secrets: as much of it as there is room for. */
    public static String shortenedHarmless(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        String mark = mark(text);
        return beginning(text, Math.max(0, maxChars - mark.length())) + mark;
    }

    private static String mark(String text) {
        return "… (" + text.length() + " characters)";
    }

    private static String beginning(String text, int end) {
        boolean inPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, inPair ? end - 1 : end);
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean || isPlainNumber(value)) {
            return value;
        }
        if (value instanceof CharSequence || value instanceof Enum || value instanceof Character) {
            return text(value.toString());
        }
        if (depth == MAX_DEPTH) {
            replaced = true;
            return "<deeper than " + MAX_DEPTH + ">";
        }
        if (value instanceof Map<?, ?> map) {
            return copyMap(map, depth);
        }
        if (value instanceof Collection<?> items) {
            return copyItems(items, depth);
        }
        if (value instanceof Object[] array) {
            return copyItems(Arrays.asList(array), depth);
        }
        if (value.getClass().isArray()) {
            int size = Math.min(java.lang.reflect.Array.getLength(value), MAX_ENTRIES + 1);
            return copyItems(
                    IntStream.range(0, size)
                            .mapToObj(i -> java.lang.reflect.Array.get(value, i))
                            .toList(),
                    depth);
        }
        return text(described(value));
    }

    /** What one element throws must not cost its neighbours their place. */
    private String described(Object value) {
        try {
            String text = value.toString();
            // Whatever the method promises.
            return text == null ? "null" : text;
        } catch (Throwable e) {
            return replacement(e, value);
        }
    }

    private String text(String value) {
        int most = Math.min(MAX_CHARS, chars);
        truncated |= value.length() > most;
        String kept = shortened(value, most);
        chars -= Math.min(chars, kept.length());
        return kept;
    }

    private Map<String, @Nullable Object> copyMap(Map<?, ?> map, int depth) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (copy.size() == MAX_ENTRIES || budget-- <= 0) {
                truncated = true;
                copy.put("<more>", map.size() - copy.size());
                break;
            }
            copy.put(shortened(String.valueOf(entry.getKey()), 500), copy(entry.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    private List<@Nullable Object> copyItems(Collection<?> items, int depth) {
        var copy = new ArrayList<@Nullable Object>();
        for (Object item : items) {
            if (copy.size() == MAX_ENTRIES || budget-- <= 0) {
                truncated = true;
                copy.add("<more>");
                break;
            }
            copy.add(copy(item, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private static boolean isPlainNumber(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte
                || value.getClass() == BigDecimal.class
                || value.getClass() == BigInteger.class;
    }
}
