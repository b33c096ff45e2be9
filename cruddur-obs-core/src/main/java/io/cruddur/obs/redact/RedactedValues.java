package io.cruddur.obs.redact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps and lists without secrets; copied only where one was found. */
final class RedactedValues {
    private static final long LEAST_CARD = 1_000_000_000_000L;
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;

    private RedactedValues() {}

    static @Nullable Object of(Redactor redactor, @Nullable Object captured) {
        if (captured instanceof Map<?, ?> map) {
            return map(redactor, map);
        }
        if (captured instanceof List<?> items) {
            return list(redactor, items);
        }
        return captured instanceof Number number && mayBeCard(number) ? number(redactor, number) : captured;
    }

    /** Times begin with a 1 for a while yet, and no card number does. */
    private static boolean mayBeCard(Number number) {
        if (number instanceof BigInteger big) {
            return big.signum() > 0 && big.bitLength() >= 40 && big.bitLength() <= 64;
        }
        if (number instanceof BigDecimal decimal) {
            long digits = (long) decimal.precision() - decimal.scale();
            return decimal.signum() > 0 && digits >= MIN_DIGITS && digits <= MAX_DIGITS;
        }
        if (!(number instanceof Long) || number.longValue() < LEAST_CARD) {
            return false;
        }
        long first = number.longValue();
        while (first >= 10) {
            first /= 10;
        }
        return first >= 2 && first <= 6;
    }

    private static Object number(Redactor redactor, Number number) {
        String text = number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
        String safe = redactor.redact(text);
        return safe.equals(text) ? number : safe;
    }

    private static Object map(Redactor redactor, Map<?, ?> map) {
        Map<String, @Nullable Object> copy = null;
        int at = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            String key = redactor.redact(name);
            Object value = redactor.redactValue(name, entry.getValue());
            if (copy == null && (isOther(key, name) || isOther(value, entry.getValue()))) {
                copy = beginning(map, at);
            }
            if (copy != null) {
                copy.put(key, value);
            }
            at++;
        }
        return copy == null ? map : copy;
    }

    private static Map<String, @Nullable Object> beginning(Map<?, ?> map, int count) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (copy.size() == count) {
                break;
            }
            copy.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        return copy;
    }

    private static Object list(Redactor redactor, List<?> items) {
        if (isOfCharacters(items)) {
            String text = String.join("", items.stream().map(String::valueOf).toList());
            return isOther(redactor.redact(text), text) ? List.of(Redactor.MARK) : items;
        }
        List<@Nullable Object> copy = null;
        for (int i = 0; i < items.size(); i++) {
            Object value = redactor.redactValue(items.get(i));
            if (copy == null && isOther(value, items.get(i))) {
                copy = new ArrayList<>(items.subList(0, i));
            }
            if (copy != null) {
                copy.add(value);
            }
        }
        return copy == null ? items : copy;
    }

    /** What an array of characters was, which none of them tells. */
    private static boolean isOfCharacters(List<?> items) {
        for (Object item : items) {
            if (!(item instanceof String text) || text.length() != 1) {
                return false;
            }
        }
        return !items.isEmpty();
    }

    @SuppressWarnings("ReferenceEquality") // what has no secret comes back as the same object
    private static boolean isOther(@Nullable Object a, @Nullable Object b) {
        return a != b;
    }
}
